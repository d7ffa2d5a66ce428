"""Keeps text cells of a CSV file from becoming formulas when a spreadsheet opens it. Pure.

A cell that a spreadsheet could take for a formula gets an apostrophe before it, as spreadsheets themselves mark text.
Numbers and phone numbers (-5.20, +33123456789) are left alone: they can do no harm and must come back exactly.
"""

import re

_STARTS_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_MAY_HIDE_ONE = " \u00a0\u3000\u200b\ufeff\x00'\""  # what spreadsheets skip before they look for a formula
_PLAIN_NUMBER = re.compile(r"[+-]\d[\d ]*(?:[.,]\d+)?(?:;ext=\d{1,7})?")


def guarded(text: str) -> str:
    """The cell to write for a text."""
    if not text or text[0].isalnum() or _PLAIN_NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.lstrip(_MAY_HIDE_ONE).startswith(_STARTS_A_FORMULA) else text


def unguarded(text: str) -> str:
    """What was there before `guarded`."""
    return text[1:] if text[:1] == "'" and guarded(text[1:]) == text else text
