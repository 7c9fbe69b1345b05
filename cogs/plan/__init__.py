"""`What I'll do`: no command of its own, reached from what came of an ask or a talk."""
