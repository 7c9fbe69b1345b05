"""What works of a night while the database can't be used."""
