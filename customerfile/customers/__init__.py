"""Customers: links, golden record, survivorship, search."""
