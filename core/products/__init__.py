"""Recognising and decoding product files."""
