"""The ballot page as a Tornado application."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tornado import web
from tornado.httputil import HTTPServerRequest

from workbook.session.box import BallotBox
from workbook.session.web import edges, entering, filling
from workbook.session.web.committing import Committer
from workbook.session.web.page import Room
from workbook.session.web.throttle import Throttle


class Application(web.Application):
    """Answers a body that is too large before it is read."""

    def get_handler_delegate(
        self,
        request: HTTPServerRequest,
        target_class: type[web.RequestHandler],
        target_kwargs: dict[str, Any] | None = None,
        *rest: Any,
        **more: Any,
    ) -> Any:
        """Choose who answers a request, once its headers are there."""
        if edges.is_too_large(request):
            room = (target_kwargs or {}).get("room")
            if room is not None:
                return super().get_handler_delegate(request, edges.TooLarge, {"room": room})
        return super().get_handler_delegate(request, target_class, target_kwargs, *rest, **more)


def make_application(
    box: BallotBox,
    committer: Committer,
    lang: str,
    *,
    secure: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Application:
    """Make the application.

    Parameters
    ----------
    box : BallotBox
        For reading; used by the event loop only.
    committer : Committer
        For saving.
    lang : {"nl", "en"}
        Language of who chose none.
    secure : bool
        Cookies only travel over TLS.
    clock : callable
        See `Throttle`.
    """
    shared = {"room": Room(box, committer, Throttle(clock), lang, secure)}
    kept = {"httponly": True, "samesite": "Lax", "secure": secure}
    return Application(
        [
            (r"/", entering.Start, shared),
            (r"/enter", entering.Enter, shared),
            (r"/ballot/([0-9]{1,3})", filling.Criterion, shared),
            (r"/ballot/order", filling.Order, shared),
            (r"/ballot/summary", filling.Summary, shared),
            (r"/done", entering.Done, shared),
            (r"/away", entering.Away, shared),
            (r"/asset/(ballot\.(?:css|js))", edges.Asset, shared),
        ],
        default_handler_class=edges.Nothing,
        default_handler_args=shared,
        xsrf_cookies=True,
        xsrf_cookie_kwargs=kept,
        # Paths and addresses of visitors are nobody's business.
        log_function=lambda _handler: None,
    )
