"""What somebody sees who is asked to carry another person's terms, and who carries them."""
