"""The commands for oneself, in any server: `/settings`, `/boundary`, `/inbox`."""
