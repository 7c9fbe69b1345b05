"""What Plumbline says: TOML files that a practitioner can review without Python."""
