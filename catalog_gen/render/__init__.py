"""The Catalog becomes pages."""
