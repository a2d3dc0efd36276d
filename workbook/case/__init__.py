"""One region's case folder: the model of every table, read, check, write, observe."""

from workbook.case.case import Case, Changed, open_case
from workbook.case.problem import CaseError, Problem, UserError

__all__ = ["Case", "CaseError", "Changed", "Problem", "UserError", "open_case"]
