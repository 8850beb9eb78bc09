"""Machine faces of the catalog."""
