"""Importing on the pages, step by step: hand a file in, say what it is, its columns, try it, take it in."""
