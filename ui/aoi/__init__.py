"""The area bar and the ways to choose an area."""
