"""Residents' plans for their neighbourhood."""
