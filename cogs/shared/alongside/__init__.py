"""More help beside what somebody typed."""
