"""A loopback stand-in for the CLMS portal, the EGMS archive, GISCO and a map service."""
