"""A browser that is slow to load a form still hears what the kernel sends afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.driver import LATE, Lab
from workbook.case import open_case
from workbook.case.tables import Party

IN_NO_TIME = """
  const real = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (time) => real(time === 2000 ? 0 : time);
"""


@pytest.mark.parametrize("server", ["nl"], indirect=True)
def test_a_form_that_was_late_answers(window: Callable[[], Lab], server) -> None:
    lab = window()
    late: list[str] = []
    lab.page.on("pageerror", lambda error: late.append(str(error)))
    # As if every form took longer than anywidget waits; it then gives up on the model for good.
    lab.page.add_init_script(IN_NO_TIME)
    lab.open("01_involve")
    form = lab.form("Parties")
    before = form.rows.count()
    form.add()
    expect(form.rows).to_have_count(before + 1)
    form.type(before, "Name", "Opvang Traag")
    form.save()

    names = [row.name for row in open_case("voorbeeldregio", root=server.data).rows(Party)]
    assert names[-1] == "Opvang Traag"
    assert LATE in late  # else this tested nothing
    assert lab.errors == []
