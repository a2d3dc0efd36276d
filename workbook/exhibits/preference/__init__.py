"""Step 7: from scores to what they support, and what was decided."""
