"""The customer list as somebody asks for it: which columns, of which customers, in which order."""
