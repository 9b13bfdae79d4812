"""Every message that leaves the building."""
