"""One vocabulary for every schema language: reading, walking, examples, conversion."""
