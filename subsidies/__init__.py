"""The small grant for residents' plans: from a one-page application to a decision, payment and accountability."""
