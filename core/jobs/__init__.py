"""Orders that survive restarts."""
