"""Pages about the right to challenge: for everybody, for who asks, and for the group itself."""
