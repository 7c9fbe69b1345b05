"""`/boundary`: people that Plumbline never connects with you."""
