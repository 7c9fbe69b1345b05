"""Who looks out for whom."""
