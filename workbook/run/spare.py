"""A kernel that starts while the notebook before it runs."""

from __future__ import annotations

from collections.abc import Callable

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync


class Spare:
    """Holds one kernel that nobody has used, for the next notebook.

    Parameters
    ----------
    notebooks : int
        How many there are to run at most; for the last none is started.
    """

    def __init__(self, notebooks: int) -> None:
        self._left = notebooks
        self._kernel: AsyncKernelManager | None = None

    def take(self) -> AsyncKernelManager | None:
        """Give the kernel; None where there is none, or it has died meanwhile."""
        self._left -= 1
        kernel, self._kernel = self._kernel, None
        if kernel is None or run_sync(kernel.is_alive)():
            return kernel
        _end(kernel)
        return None

    def prepare(self, start: Callable[[], AsyncKernelManager]) -> None:
        """Start one if a notebook comes after this one."""
        if self._left > 0 and self._kernel is None:
            self._kernel = start()

    def close(self) -> None:
        """End the kernel if nobody took it."""
        if self._kernel is not None:
            _end(self._kernel)
            self._kernel = None


def _end(kernel: AsyncKernelManager) -> None:
    run_sync(kernel.shutdown_kernel)(now=True)
