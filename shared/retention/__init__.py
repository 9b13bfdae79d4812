"""Destruction after the retention term: a nightly list, people who agree, and a certificate of what is gone."""
