"""Ctrl+K: datasets, regions and what is on disk."""
