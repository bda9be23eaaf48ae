"""The CLMS portal: login, catalogue, orders."""
