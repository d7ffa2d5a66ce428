"""`python -m customerfile`: the same as the command `customerfile`."""

from customerfile.cli.main import run

if __name__ == "__main__":
    run()
