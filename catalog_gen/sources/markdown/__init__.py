"""Hand-written pages in EventCatalog's layout and with its field names."""
