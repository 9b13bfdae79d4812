"""Dutch notations."""
