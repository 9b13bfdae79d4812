"""What is right: pure functions, one module per subject."""
