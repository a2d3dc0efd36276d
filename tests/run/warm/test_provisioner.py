"""A warm kernel behaves as the ordinary one: starting, interrupt, restart, dying, ending."""

from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from queue import Empty

import psutil
import pytest
from jupyter_client.connect import port_names
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from tests.run.warm.conftest import gone, needs_fork, until
from workbook.run.warm import Forked, shared_folder
from workbook.run.warm.names import ADDRESS, CHOSEN, MEMORY, OFF, PROVISIONER
from workbook.run.warm.provisioner import WarmProvisioner

KINDS = ["ordinary", pytest.param("warm", marks=needs_fork)]


@pytest.fixture(params=KINDS)
def kind(request, monkeypatch):
    KernelProvisionerFactory.clear_instance()  # it remembers the name it was chosen by
    if request.param == "ordinary":
        monkeypatch.delenv(CHOSEN, raising=False)
    else:
        monkeypatch.setenv(CHOSEN, PROVISIONER)
    if request.param == "turned off":
        monkeypatch.setenv(ADDRESS, OFF)
    yield request.param
    KernelProvisionerFactory.clear_instance()


class Kernel:
    """A kernel that answers."""

    def __init__(self, **options):
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(**options)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    def tell(self, code):
        """Give what it prints, or the error that ends it."""
        self.told = []
        try:
            reply = self.client.execute_interactive(
                code, timeout=60, output_hook=lambda message: self.told.append(message["content"])
            )
        except (RuntimeError, TimeoutError) as error:
            return str(error)
        if reply["content"]["status"] == "aborted":  # it came on the heels of an error
            return self.tell(code)
        if reply["content"]["status"] == "error":
            return f"{reply['content']['ename']}: {reply['content']['evalue']}"
        return "".join(content.get("text", "") for content in self.told)

    def end(self):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(kind):
    running = Kernel(extra_arguments=["--log-level=50"])
    assert isinstance(running.manager.provisioner.process, Forked) is (kind == "warm")
    yield running
    running.end()


PID = "import os; print(os.getpid())"


def test_it_is_known_by_its_name():
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name=PROVISIONER)
    assert found.load() is WarmProvisioner


@pytest.mark.parametrize("kind", [*KINDS, "turned off"], indirect=True)
def test_it_runs_and_forgets_when_it_is_restarted(kernel):
    first = int(kernel.tell(PID))
    assert kernel.tell("x = 1\nprint(x)") == "1\n"
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    assert kernel.tell("print(x)") == "NameError: name 'x' is not defined"
    second = int(kernel.tell(PID))
    assert second != first
    assert gone(first)
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(60)
    assert int(kernel.tell(PID)) not in (first, second)
    assert gone(second)


def test_an_interrupt_stops_the_cell_and_nothing_else(kernel):
    assert kernel.tell("import time\nx = 1") == ""
    asked = kernel.client.execute("print('in it', flush=True)\ntime.sleep(60)")
    assert until(lambda: shown(kernel, asked) == "in it")
    kernel.manager.interrupt_kernel()
    while (reply := kernel.client.get_shell_msg(timeout=30))["parent_header"]["msg_id"] != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.tell("print(x)") == "1\n"


def shown(kernel, asked):
    try:
        message = kernel.client.get_iopub_msg(timeout=0.1)
    except Empty:
        return ""
    mine = message["parent_header"].get("msg_id") == asked
    return message["content"].get("text", "").strip() if mine else ""


def stop(kernel, asked):
    """Wait until the cell stops at a line and give where; None if it ran through."""
    found = []

    def settled():
        with suppress(Empty):
            message = kernel.client.get_iopub_msg(timeout=0.1)
            ended = message["content"].get("execution_state") == "idle"
            if message["content"].get("event") == "stopped":
                found.append(message["content"]["body"])
            elif ended and message["parent_header"].get("msg_id") == asked:
                found.append(None)
        return found

    assert until(settled, 60)
    return found[0]


def test_a_cell_can_be_stepped_through(kernel):
    """JupyterLab's debugger attaches, stops at a line and shows what is there."""

    def ask(command, **arguments):
        content = {"type": "request", "command": command, "seq": 1, "arguments": arguments}
        message = kernel.client.session.msg("debug_request", content)
        kernel.client.control_channel.send(message)
        while True:
            reply = kernel.client.get_control_msg(timeout=60)
            if reply["parent_header"]["msg_id"] == message["header"]["msg_id"]:
                assert reply["content"].get("success"), reply["content"]
                return reply["content"].get("body")

    about = {"clientID": "test", "adapterID": "python", "pathFormat": "path"}
    ask("initialize", linesStartAt1=True, columnsStartAt1=True, **about)
    ask("attach")
    code = "y = 6\nz = y * 7\nprint(z)"
    path = ask("dumpCell", code=code)["sourcePath"]
    ask("setBreakpoints", breakpoints=[{"line": 2}], source={"path": path}, sourceModified=False)
    ask("configurationDone")
    # The debugger has a process of its own, and keeps it when another notebook is closed.
    other = Kernel()
    pid = int(other.tell(PID))
    other.end()
    assert gone(pid)
    asked = kernel.client.execute(code)
    stopped = stop(kernel, asked)
    assert stopped, "the cell ran through"
    ask("continue", threadId=stopped["threadId"])
    while (reply := kernel.client.get_shell_msg(timeout=30))["parent_header"]["msg_id"] != asked:
        pass
    assert reply["content"]["status"] == "ok"
    ask("disconnect", restart=False, terminateDebuggee=False)
    assert kernel.tell("print(z)") == "42\n"


@pytest.mark.parametrize("death", ["os._exit(1)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_kernel_that_dies_is_seen_to(kernel, death):
    pid = int(kernel.tell(PID))
    kernel.client.execute(death)
    assert until(lambda: not kernel.manager.is_alive())
    assert gone(pid)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    assert int(kernel.tell(PID)) != pid


@pytest.mark.parametrize("now", [True, False])
def test_it_ends_when_asked(kernel, now):
    pid = int(kernel.tell(PID))
    kernel.manager.shutdown_kernel(now=now)
    assert gone(pid)
    assert not kernel.manager.is_alive()


def test_what_it_started_goes_with_it(kernel):
    code = "import subprocess\nprint(subprocess.Popen(['sleep', '300']).pid)"
    started = int(kernel.tell(code))
    assert not gone(started, 0)
    kernel.manager.shutdown_kernel(now=True)
    assert gone(started)


def test_it_has_the_folder_and_the_environment_it_was_given(kind, tmp_path):
    import os

    kernel = Kernel(cwd=str(tmp_path), env=os.environ | {"ONE": "told"})
    try:
        code = "import os, sys; print(os.getcwd(), os.environ['ONE'], 'this' in sys.modules)"
        assert kernel.tell(code) == f"{tmp_path} told False\n"
        assert kernel.tell("print(__name__, len(sys.argv), '' in sys.path)") == "__main__ 3 True\n"
        assert "inline" in kernel.tell("import matplotlib; print(matplotlib.get_backend())")
        assert kernel.tell("from IPython import get_ipython; print(len(In) > 1)") == "True\n"
    finally:
        kernel.end()


@pytest.mark.parametrize("kind", KINDS[1:2], indirect=True)
def test_its_memory_has_a_bound_if_the_environment_says_so(kind, monkeypatch):
    monkeypatch.setenv(MEMORY, str(700 << 20))
    kernel = Kernel()
    try:
        assert kernel.tell("x = bytearray(900 << 20)").startswith("MemoryError")
        assert kernel.tell("print(1)") == "1\n"
    finally:
        kernel.end()


def test_a_warm_one_needs_no_port_that_another_may_take(kernel, kind):
    """A port is found free, and somebody else may have it by the time the kernel binds it."""
    pid = int(kernel.tell(PID))
    about = kernel.manager.get_connection_info()
    told = {about[name] for name in port_names}
    connections = psutil.Process(pid).net_connections("inet")
    listening = {one.laddr.port for one in connections if one.status == "LISTEN"}
    assert told & listening == (set() if kind == "warm" else told)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    its_own = f"{Path(kernel.manager.ip).name}-*"
    there = len(port_names) if kind == "warm" else 0
    assert len(list(shared_folder().glob(its_own))) == there
    kernel.end()
    assert not list(shared_folder().glob(its_own)), "they go with it"
