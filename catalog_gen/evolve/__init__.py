"""What changed from version to version."""
