"""Customerfile: every record about a customer, resolved into one file per customer."""
