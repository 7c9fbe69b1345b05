"""The commands for a person's own things, in any server: `/settings`, `/boundary` and `/inbox`."""
