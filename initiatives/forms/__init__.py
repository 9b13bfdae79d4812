"""What the programme accepts from outside, by who fills it in."""
