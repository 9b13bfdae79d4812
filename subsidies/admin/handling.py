"""The steps of who reviews."""
