"""Step 7: what parties cover and cost together."""
