"""The golden record: which value of which record is chosen, since when, and how it is shown."""
