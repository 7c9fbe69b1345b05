"""`/privacy`: what is held about a person, its export, and its erasure, over what each slice registers."""
