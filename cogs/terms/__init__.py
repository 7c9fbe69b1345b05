"""`/terms`: what somebody wants from a person who hurt them, and who carries it for them."""
