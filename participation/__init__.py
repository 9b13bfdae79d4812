"""Projects of the municipality, their early participation check, and how residents take part."""
