"""A button that opens a page to print in a new browser tab."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import traitlets

from workbook.case import Case, CaseError, UserError
from workbook.forms.hearing import Hearing, module
from workbook.forms.view import Readable

_ESM = """
export default {
  initialize,
  render({ model, el }) {
    const button = document.createElement("button");
    button.textContent = model.get("words");
    button.className = "jupyter-button widget-button";
    button.style.width = "auto";
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    let tab = null;
    button.addEventListener("click", () => {
      tab = window.open("", "_blank"); // in the click itself, or the browser blocks it
      model.send({});
    });
    const show = (message) => {
      told.textContent = message.failed ?? "";
      if (message.failed) { tab?.close(); return; }
      const page = URL.createObjectURL(new Blob([message.html], { type: "text/html" }));
      if (tab) tab.location = page;
      else window.open(page, "_blank");
    };
    model.on("msg:custom", show);
    el.append(button, told);
    return () => model.off("msg:custom", show);
  },
};
"""


class PageButton(Readable, Hearing):
    """Makes a page from the case when it is pressed."""

    _esm = module(_ESM)
    words = traitlets.Unicode().tag(sync=True)

    def __init__(self, case: Case, render: Callable[[Case], str], words: str) -> None:
        super().__init__(words=words)
        self._case, self._render = case, render
        self.on_msg(lambda _widget, _message, _buffers: self.send(self.answer()))

    def answer(self) -> dict[str, str]:
        """Give the page, or why it can't be made."""
        try:
            self._case.refresh()
            return {"html": self._render(self._case)}
        except (CaseError, UserError, OSError) as error:
            return {"failed": str(error)}
        except Exception as error:  # else a blank tab would be all there is to see
            told = self._case.translate("This can't be shown after the last change ({why}).")
            return {"failed": told.format(why=type(error).__name__)}

    def readable(self) -> dict[str, Any]:
        """Give what stands there without a kernel."""
        return {
            "text/html": f"<p>{escape(self.words)}</p>",
            "text/plain": self.words,
        }
