"""Commands of the wijken."""
