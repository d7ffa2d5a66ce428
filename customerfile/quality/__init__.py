"""How good the customer file is, measured, kept with its date, and shown with the customers behind every number."""
