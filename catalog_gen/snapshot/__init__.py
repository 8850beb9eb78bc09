"""The directory that pull writes and build reads: its layout, reading and atomic writing."""
