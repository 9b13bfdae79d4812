"""How it looks in a list: one module per subject."""
