"""The file definition: fields, event types, purposes, packs per trade."""
