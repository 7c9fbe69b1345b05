"""`/path`: a long way back, with companions. Each step has its folder of cards and handlers."""
