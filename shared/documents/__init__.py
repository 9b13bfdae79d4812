"""Photos and documents that people send in."""
