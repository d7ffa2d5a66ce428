"""Finding customers: what they can be found by, and how a search is answered."""
