"""Migrations of the room definition."""
