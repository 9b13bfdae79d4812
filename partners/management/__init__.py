"""Commands of partners."""
