"""Commands of the initiatives programme."""
