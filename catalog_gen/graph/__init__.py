"""Who talks to whom, and where the boxes stand."""
