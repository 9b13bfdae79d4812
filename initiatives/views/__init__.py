"""Pages, by who looks."""
