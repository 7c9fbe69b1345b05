"""What comes before a pair runs: a draft, a proposal, and the partner's answer."""
