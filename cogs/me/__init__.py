"""What is one's own, everywhere: `/settings`, `/boundary`, `/inbox`."""
