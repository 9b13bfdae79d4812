"""Importing reference data."""
