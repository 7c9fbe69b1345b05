"""`/privacy`: what is held about you, your export, and taking it back."""
