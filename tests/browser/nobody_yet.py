"""A file into which nothing has come yet."""


def fill() -> None:
    """Nobody."""
