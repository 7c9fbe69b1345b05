"""500 interactions in one second, against the whole program and against a bot that only acknowledges them."""
