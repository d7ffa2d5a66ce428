"""Dated events hung on records."""
