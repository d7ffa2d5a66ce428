"""Corrections by people: what they come to, and writing them down and taking them back."""
