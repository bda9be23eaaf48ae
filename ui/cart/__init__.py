"""The cart: what is about to be ordered."""
