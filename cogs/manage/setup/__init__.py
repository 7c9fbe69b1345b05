"""The wizard, and the settings that it sets."""
