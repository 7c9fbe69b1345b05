"""`/manage insights`: counts of past months."""
