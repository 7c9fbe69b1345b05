"""Before a pair runs: a draft, a proposal, and what the other says to it."""
