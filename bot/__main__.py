"""`python -m bot` is `plumbline`."""

from bot.cli import main

if __name__ == "__main__":
    main()
