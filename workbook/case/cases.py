"""Several regions' cases, to be followed as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import overload

from pydantic import BaseModel

from workbook.case.case import Case, open_case
from workbook.case.problem import CaseError, UserError
from workbook.locale import N_, Message, Translate


class Cases(Sequence[Case]):
    """The cases of several regions, in the order they were named.

    It can be followed as one case can: what shows it is drawn anew when any of them changes.

    Parameters
    ----------
    cases : iterable of Case
        At least one, all in the same language.
    """

    def __init__(self, cases: Iterable[Case]) -> None:
        self._cases = tuple(cases)
        if not self._cases:
            raise ValueError("cases must hold at least one case")

    @overload
    def __getitem__(self, place: int) -> Case: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Case]: ...
    def __getitem__(self, place: int | slice) -> Case | Sequence[Case]:
        return self._cases[place]

    def __len__(self) -> int:
        return len(self._cases)

    @property
    def lang(self) -> str:
        """The language of the workbook's own words."""
        return self._cases[0].lang

    @property
    def translate(self) -> Translate:
        """The workbook's own words in that language."""
        return self._cases[0].translate

    @contextmanager
    def reads(self) -> Iterator[set[type[BaseModel]]]:
        """Collect what is read from any of the cases inside the context.

        Yields
        ------
        set
            Row models, `CaseInfo` and `Scenario`; complete once the context has ended.
        """
        found: set[type[BaseModel]] = set()
        with ExitStack() as stack:
            parts = [stack.enter_context(case.reads()) for case in self._cases]
            try:
                yield found
            finally:
                found.update(*parts)

    def version(self, model: type[BaseModel]) -> str:
        """Give one text that differs once this table or document differs in any of the cases."""
        return " ".join(case.version(model) for case in self._cases)

    def observe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` after every change of any of the cases. Returns what ends it."""
        ends = [case.observe(callback) for case in self._cases]

        def end() -> None:
            for each in ends:
                each()

        return end

    def __repr__(self) -> str:
        return f"Cases({[case.region for case in self._cases]!r}, lang={self.lang!r})"


def open_cases(
    regions: Iterable[str], lang: str = "nl", root: str | os.PathLike[str] | None = None
) -> Cases:
    """Open the cases of several regions.

    Parameters
    ----------
    regions : iterable of str
        Names of folders under the data root; one that is named twice counts once.
    lang : {"nl", "en"}
        Language of the workbook's own words.
    root : path, optional
        The data root, as for `open_case`.

    Raises
    ------
    UserError
        If no region is named, or naming every one that isn't there or has errors.
    """
    chosen = [regions] if isinstance(regions, str) else list(dict.fromkeys(regions))
    if not chosen:
        raise UserError(Message(N_("name at least one region to compare")), lang)
    cases: list[Case] = []
    told: list[str] = []
    for region in chosen:
        try:
            cases.append(open_case(region, lang=lang, root=root))
        except UserError as error:
            told.append(str(error))
        except CaseError as error:
            told.append(f"{region}\n{error}")
    if told:
        words = N_("these regions can't be compared as they are:\n{told}")
        raise UserError(Message(words, told="\n".join(told)), lang)
    return Cases(cases)
