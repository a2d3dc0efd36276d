"""What happens on a signal, for a while."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def handling(name: str, handler: Any) -> Iterator[None]:
    """Have a signal handled in another way.

    Nothing changes where there is no such signal, or in a thread, which isn't who hears them.

    Parameters
    ----------
    name : str
        Such as ``SIGINT``.
    handler
        As `signal.signal` takes it.
    """
    number = getattr(signal, name, None)
    if number is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
