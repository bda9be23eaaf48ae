"""Areas of interest and NUTS regions."""
