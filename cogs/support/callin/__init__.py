"""`/callin`: words with which somebody can raise something with a friend."""
