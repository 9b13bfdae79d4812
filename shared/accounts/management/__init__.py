"""Commands about people and roles."""
