"""What we accept: one module per subject."""
