"""Files that are handed in on the pages: kept in the spool, looked into, tried, taken in, corrected."""
