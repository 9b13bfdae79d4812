"""The legal calendar and clock."""
