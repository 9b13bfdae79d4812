"""Commands of the small grant."""
