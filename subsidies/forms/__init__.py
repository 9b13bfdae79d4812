"""Forms of the small grant: they validate, the workflow saves."""
