"""papermill's engine, with bounds: how long a notebook may take and how much it may show."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets import default

from workbook.run.spare import Spare

NAME = "werkboek"
MOST_SHOWN = 20_000_000
"""Characters that a notebook may show; the fullest of ours, with its pictures, shows 4 million."""


class GivenUp(Exception):
    """A notebook went over a bound, or its kernel died.

    Parameters
    ----------
    why : {"time", "shown", "died"}
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Unanswered(DeadKernelError):
    """A kernel died before anything was asked of it."""


class _Caller(AsyncKernelClient):
    """Goes to work as soon as the kernel answers on both channels.

    The library's own then listens until a fifth of a second is silent, to throw away what belongs
    to nobody; whoever runs a notebook throws that away as it comes.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        end = time.monotonic() + (60 if timeout is None else timeout)
        while time.monotonic() < end:
            self.kernel_info()
            with suppress(Empty):
                reply = await self.get_shell_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    await self.get_iopub_msg(timeout=0.2)
                    self._handle_kernel_info_reply(reply)
                    return
            if not await self.is_alive():
                raise _Unanswered("it died before it answered")
        raise DeadKernelError(f"it did not answer in {timeout} seconds")


class _Manager(AsyncKernelManager):
    @default("client_factory")
    def _client_factory_default(self) -> type[AsyncKernelClient]:
        return _Caller


class _Client(PapermillNotebookClient):
    """Counts what is shown, and stops the moment it is too much."""

    def __init__(self, *arguments: Any, spare: Spare, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._spare = spare
        self._shown = 0
        self.over = False

    def papermill_execute_cells(self) -> None:
        self._spare.prepare(self._another)
        super().papermill_execute_cells()

    def _another(self) -> AsyncKernelManager:
        manager = _Manager(kernel_name=self.kernel_name)
        run_sync(manager.start_kernel)(extra_arguments=self.extra_arguments)
        return manager

    def process_message(self, msg: dict, *arguments: Any, **options: Any) -> Any:
        content = msg["content"]
        self._shown += len(content.get("text", ""))
        self._shown += sum(len(str(part)) for part in content.get("data", {}).values())
        if self._shown > MOST_SHOWN:
            self.over = True
            if self.task_poll_for_reply is not None:
                self.task_poll_for_reply.cancel()  # or a cell that never ends is waited for
            raise GivenUp("shown")
        return super().process_message(msg, *arguments, **options)


class BoundedEngine(NBClientEngine):
    """Executes a notebook within bounds, and hands over how far it came also when it fails."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        limit: float,
        kept: list[NotebookNode],
        spare: Spare,
        start_timeout: float = 60,
        **options: Any,
    ) -> Any:
        """Execute.

        Parameters
        ----------
        nb_man
            papermill's holder of the notebook.
        kernel_name : str
        limit : float
            Seconds for all cells together.
        kept : list
            Gets the notebook, which is as far as it came also when this fails.
        spare : Spare
            Holds the kernel for this notebook, perhaps, and gets the one for the next.
        start_timeout : float
            Seconds in which the kernel must answer.

        Raises
        ------
        GivenUp
        """
        kept.append(nb_man.nb)
        for unused in ("input_path", "log_output", "stdout_file", "stderr_file"):
            options.pop(unused, None)
        for last in (False, True):
            client = _Client(
                nb_man,
                km=None if last else spare.take(),
                spare=spare,
                kernel_manager_class=_Manager,
                kernel_name=kernel_name,
                startup_timeout=start_timeout,
                timeout_func=_remaining(limit),
                shutdown_kernel="immediate",  # nothing in it is kept: all that it shows is here
                store_widget_state=False,  # of no use without their kernel
                **options,
            )
            try:
                return client.execute(cleanup_kc=True)
            except _Unanswered as error:
                # An ordinary kernel is given ports that were free, which another may have by now.
                if last:
                    raise GivenUp("died") from error
            except CellTimeoutError as error:
                raise GivenUp("time") from error
            except DeadKernelError as error:
                raise GivenUp("shown" if client.over else "died") from error


def _remaining(limit: float) -> Callable[[Any], float]:
    end = time.monotonic() + limit
    return lambda _cell: max(end - time.monotonic(), 0.01)


papermill_engines.register(NAME, BoundedEngine)
