"""Wijkpartners: offers and needs, joint actions, the agenda and the noticeboard."""
