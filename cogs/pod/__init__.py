"""`/pod`: who agreed to be asked by whom."""
