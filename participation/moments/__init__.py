"""Participation moments of projects: sign-up, contributions, feedback, scores and evaluation."""
