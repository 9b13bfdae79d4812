"""What we accept about challenges: from groups, and from colleagues who handle them."""
