"""The button `Report`, which cards with other people's words have."""
