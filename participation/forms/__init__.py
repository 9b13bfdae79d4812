"""What we accept about projects and checks, from staff and from visitors."""
