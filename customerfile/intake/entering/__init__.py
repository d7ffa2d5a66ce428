"""Customers entered by hand: what is asked for, what is understood, whom they are like, and saving them."""
