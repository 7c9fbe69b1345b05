"""The cards of plans, which asks, talks and later questions show."""
