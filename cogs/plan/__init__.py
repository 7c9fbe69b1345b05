"""`What I'll do`: plans. There is no command; they begin on the cards of an ask or a talk."""
