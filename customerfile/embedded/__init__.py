"""The PostgreSQL server that Customerfile runs itself: install, start, stop, inspect. No Django."""
