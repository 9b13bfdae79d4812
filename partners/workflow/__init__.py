"""The only room that changes anything: one module per subject. Each function is one step, in one transaction."""
