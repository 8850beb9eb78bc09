"""The one writer of the site."""
