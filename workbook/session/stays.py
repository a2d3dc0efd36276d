"""How a process says that it outlives whoever started it."""

STAYS = "WERKBOEK_STAYS"
"""Variable that it has in its environment; whoever tidies up after a kernel leaves it alone."""
