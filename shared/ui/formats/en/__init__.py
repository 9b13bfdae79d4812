"""English notations."""
