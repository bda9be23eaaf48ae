"""Downloads: what became of the orders."""
