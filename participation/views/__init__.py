"""Pages of projects: what everybody may read."""
