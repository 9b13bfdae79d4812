"""A bare Django application with the same content as the portal's main pages, written as one writes Django by hand.

It has no style sheet to speak of, no roles, no trail, no translation: it says what a page costs at the very least.
"""
