"""Source systems, deliveries, readers, mapping, validation, staged records, rejects."""
