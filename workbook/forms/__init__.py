"""ipywidgets views on a case."""

from workbook.forms.show import Shown, show

__all__ = ["Shown", "show"]
