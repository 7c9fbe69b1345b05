"""How the running bot is: its vital signs, alarms, metrics, and what a service manager wants to know."""
