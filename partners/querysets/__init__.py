"""Which rows: one module per subject."""
