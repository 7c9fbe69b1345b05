"""The card with more help that is shown beside what somebody typed."""
