"""Before a path: what it is, and which facts lead elsewhere."""
