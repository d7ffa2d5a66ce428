"""Kinds of value (names, e-mail, phone, address, date, money, identifiers): standardise, validate, mask.
Pure."""
