"""One arrival of any size: from a delivery through staging, resolution and events, one transaction per chunk."""
