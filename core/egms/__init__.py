"""The European Ground Motion Service: archive, point stores, series, fits."""
