"""The page on which people enter a customer by hand."""
