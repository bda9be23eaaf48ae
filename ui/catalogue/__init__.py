"""The Catalogue tab: search, filters, cards, and the details of a dataset."""
