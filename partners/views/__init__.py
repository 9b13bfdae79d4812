"""What we show: one module per subject."""
