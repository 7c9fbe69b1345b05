"""The cards of `/manage norms`."""
