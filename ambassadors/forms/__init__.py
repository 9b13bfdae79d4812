"""What we accept about advice, seats and contacts: validated here, saved by the workflow."""
