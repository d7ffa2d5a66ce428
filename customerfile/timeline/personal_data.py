"""What the tables of this room hold."""

TABLES = ()
