"""catalog.yaml, validated into Settings."""
