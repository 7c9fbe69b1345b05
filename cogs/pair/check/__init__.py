"""Check-ins, and what is shared of them."""
