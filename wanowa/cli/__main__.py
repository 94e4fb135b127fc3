"""Lets `python -m wanowa.cli` do what `wanowa` does."""

from wanowa.cli.main import main

if __name__ == "__main__":
    main()
