"""Departments and their ambassadors, and the advice that is asked of them."""
