"""Talking to services over HTTP."""
