"""Ids, clock, batches, the registry and the error base. No business word, no Django."""
