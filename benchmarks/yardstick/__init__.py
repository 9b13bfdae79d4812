"""A bare Django application with the content of the portal's main pages, written as one writes Django by hand.

It has no style sheet to speak of, no roles, no limits, no translation: it says what a page costs at the very least.
What both applications show and store is in benchmarks/README.md.
"""
