"""Names by which processes find each other: variables and an entry point."""

from __future__ import annotations

PROVISIONER = "werkboek-warm"
"""The kernel provisioner among the entry points; `pyproject.toml` says the same."""

CHOSEN = "JUPYTER_DEFAULT_PROVISIONER_NAME"
"""Variable with which Jupyter chooses one, for notebooks that only say ``python3``."""

ADDRESS = "WERKBOEK_WARM"
"""Variable with the socket of the server that a process and its children share, or `OFF`."""

OFF = "off"
"""Instead of a socket: start everything in the ordinary way."""

MEMORY = "WERKBOEK_MEMORY"
"""Variable with the bytes of data that a kernel may use; without it there is no limit."""

FORK = "WERKBOEK_FORK"
"""Variable of a forked process and of what it starts: its process id."""
