"""Frozen values: identities, versions and their order, places in files, and the nouns of the catalog."""
