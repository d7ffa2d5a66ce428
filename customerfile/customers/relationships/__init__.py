"""What customers are to one another: households, families, employers."""
