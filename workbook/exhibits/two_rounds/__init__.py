"""Step 7: what changed between two rounds of scoring."""
