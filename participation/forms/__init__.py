"""What staff may send about projects and checks."""
