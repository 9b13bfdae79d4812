"""What banks speak: account numbers, payment files, and the statements that come back."""
