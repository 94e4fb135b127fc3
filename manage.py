"""Django's usual entry point; the same as `wanowa`."""

from wanowa.cli.main import main

if __name__ == "__main__":
    main()
