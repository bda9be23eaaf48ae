"""What the user is about to order."""
