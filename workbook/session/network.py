"""The address of this machine on the network of the room."""

from __future__ import annotations

import socket

from workbook.case import UserError
from workbook.locale import N_, Message

_SOMEWHERE = ("192.0.2.1", 9)
"""An address that is kept for examples: nothing is sent, it only tells which network is used."""


def room_address(lang: str) -> str:
    """Give the address by which others on the same network reach this machine.

    Raises
    ------
    UserError
        If this machine is on no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_SOMEWHERE)
            address = probe.getsockname()[0]
        except OSError:
            address = "127.0.0.1"
    if address.startswith("127."):
        raise UserError(
            Message(N_("this machine is on no network; connect it to that of the room first")), lang
        )
    return address
