"""The only part that talks to a network: accounts become plain files."""
