"""`What I'll do`: it has no command, and is reached from an ask or a talk."""
