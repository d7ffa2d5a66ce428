"""The append-only ledger of who changed and who saw what."""
