"""What runs in the limited child process: parsers of spreadsheets and vCards, which hostile files may bring down.

Imports nothing but the parsers, so that a child starts in a fraction of a second and knows no secret.
"""
