"""Reports are tested with pictures that are drawn once for all of them."""

import pytest


@pytest.fixture(autouse=True)
def _pictures(drawn_once: None) -> None: ...
