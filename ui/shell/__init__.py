"""The dock that holds everything."""
