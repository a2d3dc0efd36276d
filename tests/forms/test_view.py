"""A view goes to the browser with what it shows, and brings nothing that another brought."""

import comm
import pytest
from comm.base_comm import BaseComm

from workbook.forms.view import View


@pytest.fixture
def sent(monkeypatch):
    """Messages to the browser: their kind, and the state in them."""
    messages = []

    class Told(BaseComm):
        def publish_msg(self, msg_type, data=None, **about):
            messages.append((msg_type, (data or {}).get("state", {})))

    monkeypatch.setattr(comm, "create_comm", Told)
    return messages


def test_it_opens_with_what_it_shows(sent):
    view = View("<p>een</p>", "een")
    View("<p>twee</p>", "twee")
    opened = [state for kind, state in sent if kind == "comm_open"]
    assert [state["value"] for state in opened if "value" in state] == ["<p>een</p>", "<p>twee</p>"]
    assert not [kind for kind, _state in sent if kind == "comm_msg"]
    view.put("<p>drie</p>", "drie")
    assert sent[-1] == ("comm_msg", {"value": "<p>drie</p>"})


def test_one_beside_another_brings_nothing_of_its_own(sent):
    one = View("<p>een</p>", "een")
    assert len(sent) == 3
    other = View("<p>twee</p>", "twee", beside=one)
    assert len(sent) == 4
    assert other.layout is one.layout and other.style is one.style
    alone = View("<p>drie</p>", "drie")
    assert alone.layout is not one.layout and alone.style is not one.style


def test_what_is_kept_for_readers_without_a_kernel_is_what_was_put_last():
    view = View("<p>een</p>", "een")
    assert view.readable() == {"text/html": "<p>een</p>", "text/plain": "een"}
    view.put("<img>", "twee", "UE5H")
    assert view.readable() == {"image/png": "UE5H", "text/plain": "twee"}
    view.put("<p>drie</p>", "drie")
    assert view.readable() == {"text/html": "<p>drie</p>", "text/plain": "drie"}
