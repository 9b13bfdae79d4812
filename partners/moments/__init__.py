"""One calendar out of many sources: whose eyes look, what a moment is, and who brings them in."""
