"""`/support`, `Think it through`, `Contact?`: for everyone, storing nothing, needing no row."""
