"""One change of a field for many customers: what it comes to for each, doing it in slices, and taking it back."""
