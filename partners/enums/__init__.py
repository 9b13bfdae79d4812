"""What things can be: one module per subject; import from the module of the subject."""
