"""The public customer number: the digits of the id and one check character (ISO 7064 MOD 11-2, 0-9 or X).

A mistyped or swapped digit is noticed before anybody else's file is opened.
"""

_WIDTH = 7


def customer_number(customer_id: int) -> str:
    """The number of a customer, for example 42 -> "0000042" and its check character."""
    digits = f"{customer_id:0{_WIDTH}d}"
    return digits + _check_character(digits)


def numbered_id(number: str) -> int:
    """The id behind a whole customer number, for example "00000426" -> 42."""
    return int(number[:-1])


def is_customer_number(text: str) -> bool:
    """Whether the text is a whole customer number with the right check character."""
    number = text.strip().upper()
    return (
        len(number) > _WIDTH
        and number[:-1].isascii()
        and number[:-1].isdigit()
        and (_check_character(number[:-1]) == number[-1])
    )


def _check_character(digits: str) -> str:
    remainder = 0
    for digit in digits:
        remainder = (remainder + int(digit)) * 2 % 11
    check = (12 - remainder) % 11
    return "X" if check == 10 else str(check)
