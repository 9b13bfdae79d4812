"""Every message that leaves the building: one module per subject, one function per message."""
