"""Tags and filters of the portal."""
