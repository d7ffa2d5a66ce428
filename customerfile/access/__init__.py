"""Users, roles, permissions, field visibility."""
