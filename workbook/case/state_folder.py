"""The user's own state folder: what isn't part of a case and must not be synced or shared."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_state_path


def state_folder() -> Path:
    """Give WERKBOEK_STATE, else the user's own state folder. It may not be there yet."""
    chosen = os.environ.get("WERKBOEK_STATE")
    return Path(chosen) if chosen else user_state_path("werkboek-positionering", appauthor=False)


def code(text: str) -> str:
    """Give a short code that stands for a text and doesn't tell it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
