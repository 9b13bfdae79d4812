"""Notations per language; see FORMAT_MODULE_PATH."""
