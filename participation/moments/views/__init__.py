"""Pages of moments: what everybody may read, and what people do with a link from a letter."""
