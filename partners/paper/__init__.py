"""On paper: one module per subject."""
