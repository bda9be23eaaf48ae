"""Series and charts as files."""
