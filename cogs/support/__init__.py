"""`/support`, `/told`, `/callin`, `/contact`, `Think it through`: for everyone; nothing is stored."""
