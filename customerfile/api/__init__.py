"""The REST interface under /api/v1, for programs: what the pages and commands do, by the same operations."""
