"""`Ask someone to talk`: no command of its own, reached from wherever typing is not the way."""
