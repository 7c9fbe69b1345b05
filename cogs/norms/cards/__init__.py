"""What members see of norms."""
