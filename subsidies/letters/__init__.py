"""Every message that leaves the building about an application: one function each, by who writes it."""
