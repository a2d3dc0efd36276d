"""Jupyter kernels as warm processes: under papermill, nbval and JupyterLab alike."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from workbook.run.warm.client import launch, shared_folder, warm_up
from workbook.run.warm.names import MEMORY


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork, and as the ordinary one does where that can't be."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose how the kernel is spoken to: over sockets that have a name, beside the server's.

        The ports of the ordinary way are found free, let go and bound again by the kernel a moment
        later. With two processes that start kernels one in some hundreds finds a port taken by
        then, and dies.
        """
        manager = self.parent
        folder = shared_folder() if warm_up() else None
        if manager is not None and manager.transport == "tcp" and folder is not None:
            manager.transport = "ipc"
            manager.ip = str(folder / secrets.token_hex(4))
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel with a command."""
        out, err = (_descriptor(kwargs.get(name), own) for name, own in _STREAMS.items())
        forked = None
        if out is not None and err is not None:
            # The server may still be importing: whoever else uses this loop isn't kept waiting.
            forked = await asyncio.to_thread(
                launch,
                cmd,
                env=kwargs.get("env"),
                cwd=kwargs.get("cwd"),
                stdout=out,
                stderr=err,
                memory=int((kwargs.get("env") or {}).get(MEMORY, 0)),
            )
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked
        self.pid = forked.pid
        self.pgid = None  # its signals go through the server, to the whole group
        self.cwd = kwargs.get("cwd")
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and see it end: whoever asks looks ten times a second, which shows."""
        await super().kill(restart)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended(), _PATIENCE)

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        await self._ended()
        return await super().wait()

    async def _ended(self) -> None:
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(_LOOK)


_LOOK, _PATIENCE = 0.005, 1.0
_STREAMS = {"stdout": 1, "stderr": 2}


def _descriptor(stream: Any, own: int) -> int | None:
    """Give the file descriptor of what `subprocess.Popen` takes as a stream.

    None for a pipe or the null device that it would open itself.
    """
    if stream is None:
        return own
    found = stream if isinstance(stream, int) else stream.fileno()
    return found if found >= 0 else None
