"""Hours of use in minutes, with a gateway that breaks: nothing may grow and nothing may be lost."""
