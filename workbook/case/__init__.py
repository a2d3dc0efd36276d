"""One region's case folder: the model of every table, read, check, write, observe."""

from workbook.case.ballots import Ballots, Tallies
from workbook.case.bin import Removed, forget, keep, removed
from workbook.case.case import Case, Changed, open_case
from workbook.case.cases import Cases, open_cases
from workbook.case.naming import new_id
from workbook.case.problem import CaseError, Problem, UserError
from workbook.case.removal import dependants, put_back, remove, restore, without

__all__ = [
    "Ballots",
    "Case",
    "CaseError",
    "Cases",
    "Changed",
    "Problem",
    "Removed",
    "Tallies",
    "UserError",
    "dependants",
    "forget",
    "keep",
    "new_id",
    "open_case",
    "open_cases",
    "put_back",
    "remove",
    "removed",
    "restore",
    "without",
]
