"""A case: read, hash-checked write, observe."""

import os
from pathlib import Path

import pytest

from workbook.case import Case, CaseError, Changed, UserError, open_case
from workbook.case import folder as files
from workbook.case.contents import FILES
from workbook.case.tables import (
    TABLES,
    Argument,
    Ballot,
    Criterion,
    Link,
    Option,
    Participant,
    Party,
    Score,
)
from workbook.case.tables.document import CaseInfo, Passage, Scenario


def noted(case, note="changed", model=Party):
    first, *rest = case.rows(model)
    return [first.model_copy(update={"note": note}), *rest]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name[0] != "."}


# --- reading


def test_a_case_knows_its_region_and_whose_it_is(case, folder):
    assert (case.region, case.lang, case.folder) == ("voorbeeldregio", "en", folder)
    assert case.fictional
    assert not case.is_reference
    assert case.info.region == "Voorbeeldregio"
    assert case.translate("yes or no") == "yes or no"
    assert repr(case) == "Case('voorbeeldregio', lang='en')"


def test_the_reference_is_found_wherever_the_case_lives(case):
    reference = case.reference()
    assert reference.is_reference
    assert reference.folder == files.PACKAGE_DATA / "west-brabant"
    assert reference.lang == "en"
    assert reference.rows(Ballot) == ()


def test_rows_stand_in_file_order(case, folder):
    lines = (folder / "participants.csv").read_text("utf-8").splitlines()[1:]
    assert [row.id for row in case.rows(Participant)] == [line.split(",")[0] for line in lines]
    assert case.get(Party, "meldpunt").id == "meldpunt"


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_a_frame_holds_the_texts_that_stand_in_the_file(case, model):
    frame = case.frame(model)
    assert frame.index.name == "id"
    assert list(frame.columns) == list(model.columns()[1:])
    assert list(frame.index) == [row.id for row in case.rows(model)]
    assert not frame.isna().any().any()


def test_a_frame_keeps_scores_and_empty_cells_as_text(case):
    scores = set(case.frame(Ballot)["score"])
    assert scores <= {"-1", "0", "1", "?", ""}
    assert {"-1", "1", ""} <= scores


def test_reading_writes_nothing(root, folder):
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    open_case("voorbeeldregio", root=root)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_an_unknown_language_is_a_sentence(root):
    with pytest.raises(UserError, match=r"nl (of|or) en, .*“de”"):
        open_case("voorbeeldregio", lang="de", root=root)


def test_a_folder_with_nothing_in_it_names_every_missing_file(root):
    (root / "leeg").mkdir()
    with pytest.raises(CaseError) as caught:
        open_case("leeg", lang="en", root=root)
    assert str(caught.value).splitlines() == [
        f"{name}: the file is missing"
        for name in ("case.yaml", "scenario.yaml", *(f"{model.table}.csv" for model in TABLES))
    ]


def test_errors_show_as_sentences_in_a_notebook(root, edit):
    edit("rounds.csv", "revealed", "done")
    with pytest.raises(CaseError) as caught:
        open_case("voorbeeldregio", lang="en", root=root)
    (shown,) = caught.value._render_traceback_()
    assert shown.startswith("rounds.csv, row 2, (r0), column state: “done” can't be used here;")
    assert "Traceback" not in shown
    with pytest.raises(UserError) as caught:
        open_case("nergens", lang="en", root=root)
    assert caught.value._render_traceback_() == [f"there is no region “nergens” in {root}"]


def test_errors_are_in_the_reader_s_language(root, edit):
    edit("rounds.csv", "revealed", "done")
    with pytest.raises(CaseError, match=r"rij 2, .*kolom state"):
        open_case("voorbeeldregio", lang="nl", root=root)


# --- writing


def test_a_save_is_what_the_next_reader_finds(case, root):
    case.write({Party: noted(case)})
    assert case.rows(Party)[0].note == "changed"
    assert open_case("voorbeeldregio", root=root).rows(Party) == case.rows(Party)


def test_a_save_of_what_was_read_changes_no_byte(case, folder):
    before = contents(folder)
    case.write({model: case.rows(model) for model in TABLES})
    assert contents(folder) == before


def test_a_save_touches_no_other_file(case, folder):
    before = contents(folder)
    case.write({Party: noted(case)})
    after = contents(folder)
    assert {name for name in before if before[name] != after[name]} == {"parties.csv"}


def test_this_case_holds_what_the_next_reader_will(case, root):
    first, *rest = case.rows(Party)
    case.write({Party: [first.model_copy(update={"note": "", "name": " a\r\nb "}), *rest]})
    assert (case.rows(Party)[0].note, case.rows(Party)[0].name) == (None, "a\nb")
    assert case.rows(Party) == open_case("voorbeeldregio", root=root).rows(Party)


def test_several_saves_in_a_row(case, root):
    for note in ("one", "two", "three"):
        case.write({Party: noted(case, note), Link: noted(case, note, Link)})
    again = open_case("voorbeeldregio", root=root)
    assert again.rows(Party)[0].note == again.rows(Link)[0].note == "three"


def test_what_somebody_else_changed_is_shown_and_not_overwritten(case, root, folder):
    other = open_case("voorbeeldregio", lang="en", root=root)
    other.write({Party: noted(other, "theirs")})
    before = contents(folder)
    with pytest.raises(Changed) as caught:
        case.write({Link: noted(case, "mine", Link), Party: noted(case, "mine")})
    assert caught.value.model is Party
    assert caught.value.theirs[0].note == "theirs"
    assert str(caught.value) == (
        "parties.csv was changed by somebody else meanwhile; nothing was written"
    )
    assert caught.value._render_traceback_() == [str(caught.value)]
    assert contents(folder) == before
    assert case.rows(Party)[0].note != "mine"


def test_after_looking_again_the_save_can_be_made(case, root):
    other = open_case("voorbeeldregio", root=root)
    other.write({Party: noted(other, "theirs")})
    assert case.refresh()
    assert case.rows(Party)[0].note == "theirs"
    case.write({Party: noted(case, "mine")})
    assert open_case("voorbeeldregio", root=root).rows(Party)[0].note == "mine"


def test_somebody_else_s_change_to_another_table_is_no_obstacle(case, root):
    other = open_case("voorbeeldregio", root=root)
    other.write({Link: noted(other, "theirs", Link)})
    case.write({Party: noted(case, "mine")})
    again = open_case("voorbeeldregio", root=root)
    assert (again.rows(Link)[0].note, again.rows(Party)[0].note) == ("theirs", "mine")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda case: {Party: [*case.rows(Party), case.rows(Party)[0]]},
            "column id: the id “ervaringsteam” is already used in row 2",
        ),
        (
            lambda case: {Party: [row for row in case.rows(Party) if row.id != "opvang"]},
            "column members: “opvang” is not in parties.csv; expected: ids from parties.csv",
        ),
        (
            lambda case: {Argument: ()},
            "column answers: “nd-lijnen” is not in arguments.csv",
        ),
        (
            lambda case: {
                Option: [row.model_copy(update={"name": "One"}) for row in case.rows(Option)]
            },
            "column name: the name is the same as that of stichting",
        ),
        (
            lambda case: {Party: [case.rows(Party)[0].model_copy(update={"name": " "})]},
            "parties.csv, row 2, (ervaringsteam), column name: the cell is empty; expected: text",
        ),
        (
            lambda case: {Party: noted(case, "a\x00b")},
            "parties.csv: the file is not text in UTF-8",
        ),
    ],
    ids=["double id", "still referred to", "still answered", "same name", "empty", "nul"],
)
def test_rows_that_do_not_fit_are_refused_and_nothing_is_written(case, folder, change, sentence):
    before, rows = contents(folder), {model: case.rows(model) for model in TABLES}
    with pytest.raises(CaseError) as caught:
        case.write(change(case))
    assert sentence in str(caught.value)
    assert contents(folder) == before
    assert {model: case.rows(model) for model in TABLES} == rows


def test_a_row_and_what_refers_to_it_can_go_in_one_save(case, root):
    last = case.rows(Participant)[-1].id
    new = Participant(id="p99", source="fictional")
    ballot = case.rows(Ballot)[0].model_copy(
        update={"id": "s99", "participant": "p99", "score": Score.DONT_KNOW}
    )
    case.write({Ballot: [*case.rows(Ballot), ballot], Participant: [*case.rows(Participant), new]})
    again = open_case("voorbeeldregio", root=root)
    assert [row.id for row in again.rows(Participant)][-2:] == [last, "p99"]
    assert again.rows(Ballot)[-1].score is Score.DONT_KNOW


@pytest.mark.parametrize("models", [(Party,), (Party, Link)], ids=["one table", "two tables"])
@pytest.mark.parametrize("number", [13, 28, 30])
def test_a_folder_that_may_not_be_written_is_a_sentence(case, folder, monkeypatch, models, number):
    before = contents(folder)

    def refuse(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch, pytest.raises(UserError) as caught:
        patch.setattr(files.tempfile, "mkstemp", refuse)
        case.write({model: noted(case, "mine", model) for model in models})
    assert str(caught.value) == (
        f"voorbeeldregio could not be written ({os.strerror(number)}); "
        "is a file open in Excel, or is the disk full?"
    )
    assert contents(folder) == before
    assert not (folder / files.JOURNAL).exists()


def test_a_table_that_disappeared_is_a_sentence(case, folder):
    (folder / "parties.csv").unlink()
    with pytest.raises(UserError, match="voorbeeldregio could not be written"):
        case.write({Party: noted(case)})
    assert not (folder / "parties.csv").exists()


def test_who_is_kept_waiting_too_long_is_told(case, folder, monkeypatch):
    monkeypatch.setattr(files, "lock", lambda folder: files.FileLock(folder / ".l", timeout=0.01))
    before = contents(folder)
    with files.FileLock(folder / ".l"), pytest.raises(UserError) as caught:
        case.write({Party: noted(case)})
    assert str(caught.value) == ("somebody else is writing this case; try again in a moment")
    assert contents(folder) == before


# --- documents


def projects(case, name="changed"):
    return case.info.model_copy(update={"project": name})


def summarised(case, text="changed", **update):
    passage = Passage(id="nieuw", text=text, source="fictional")
    return case.scenario.model_copy(update={"summary": (passage,), **update})


def test_documents_are_saved_together_with_tables(case, root, folder):
    before = contents(folder)
    case.write({Party: noted(case)}, [projects(case), summarised(case)])
    assert case.info.project == case.scenario.summary[0].text == "changed"
    again = open_case("voorbeeldregio", root=root)
    assert (again.info, again.scenario) == (case.info, case.scenario)
    assert again.rows(Party) == case.rows(Party)
    after = contents(folder)
    assert {name for name in before if before[name] != after[name]} == {
        "case.yaml",
        "scenario.yaml",
        "parties.csv",
    }
    assert after["case.yaml"] == before["case.yaml"].replace(
        b"project: Ervaringsteam Voorbeeldregio", b"project: changed"
    )
    assert not (folder / files.JOURNAL).exists()


def test_a_document_can_be_saved_alone_and_again(case, root):
    for name in ("one", "two", "three"):
        case.write({}, [projects(case, name)])
    assert open_case("voorbeeldregio", root=root).info.project == "three"


def test_a_document_that_does_not_differ_changes_no_byte(case, folder):
    before = contents(folder)
    case.write({}, [case.info, case.scenario])
    assert contents(folder) == before


def test_this_case_holds_the_document_that_the_next_reader_will(case, root):
    comment = (case.folder / "case.yaml").read_bytes().splitlines()[0]
    case.write({}, [projects(case, "  a  ")])
    assert case.info.project == "a"
    assert (case.folder / "case.yaml").read_bytes().splitlines()[0] == comment
    assert open_case("voorbeeldregio", root=root).info == case.info


@pytest.mark.parametrize("alone", [True, False], ids=["document", "with a table"])
def test_somebody_else_s_document_is_shown_and_not_overwritten(case, root, folder, alone):
    other = open_case("voorbeeldregio", lang="en", root=root)
    other.write({}, [projects(other, "theirs")])
    before = contents(folder)
    with pytest.raises(Changed) as caught:
        case.write({} if alone else {Party: noted(case)}, [projects(case, "mine")])
    assert caught.value.model is CaseInfo
    assert caught.value.theirs == other.info
    assert str(caught.value) == (
        "case.yaml was changed by somebody else meanwhile; nothing was written"
    )
    assert contents(folder) == before
    assert case.info.project == "Ervaringsteam Voorbeeldregio"
    assert case.refresh()
    case.write({}, [projects(case, "mine")])
    assert case.info.project == "mine"


def test_somebody_else_s_document_that_cannot_be_read_is_not_overwritten_either(case, folder):
    (folder / "case.yaml").write_bytes(b"region: [")
    with pytest.raises(Changed) as caught:
        case.write({}, [projects(case)])
    assert caught.value.theirs is None
    assert (folder / "case.yaml").read_bytes() == b"region: ["


def test_somebody_else_s_table_keeps_a_document_from_being_saved_with_mine(case, root, folder):
    other = open_case("voorbeeldregio", lang="en", root=root)
    other.write({Party: noted(other, "theirs")})
    before = contents(folder)
    with pytest.raises(Changed) as caught:
        case.write({Party: noted(case)}, [projects(case)])
    assert caught.value.model is Party
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("tables", "documents", "sentence"),
    [
        (
            lambda case: {},
            lambda case: [
                summarised(
                    case,
                    recommendations=tuple(
                        row.model_copy(update={"answers": ("nergens",)})
                        for row in case.scenario.recommendations[:1]
                    ),
                )
            ],
            "scenario.yaml, (punt-1), column answers: “nergens” is not in arguments.csv",
        ),
        (
            lambda case: {Argument: case.rows(Argument)[1:]},
            lambda case: [case.scenario.model_copy(update={"recommendations": ()})],
            None,
        ),
        (
            lambda case: {Argument: ()},
            lambda case: [projects(case)],
            "column answers: “nd-lijnen” is not in arguments.csv",
        ),
        (
            lambda case: {},
            lambda case: [case.scenario.model_copy(update={"summary": case.scenario.governance})],
            "scenario.yaml, (bestuur-1), column id: the id “bestuur-1” is used twice",
        ),
        (
            lambda case: {Party: noted(case)},
            lambda case: [case.info.model_copy(update={"region": " "})],
            "case.yaml, row 3, column region: the field is empty",
        ),
        (
            lambda case: {Party: noted(case)},
            lambda case: [case.info.model_copy(update={"language": "de"})],
            "column language: “de” can't be used here; expected: one of nl, en",
        ),
        (
            lambda case: {Party: [*case.rows(Party), case.rows(Party)[0]]},
            lambda case: [projects(case)],
            "column id: the id “ervaringsteam” is already used in row 2",
        ),
    ],
    ids=[
        "answers nothing",
        "answers gone with it",
        "still answered",
        "double id",
        "empty",
        "choice",
        "table",
    ],
)
def test_a_table_and_a_document_are_checked_together(case, folder, tables, documents, sentence):
    before, held = contents(folder), (case.info, case.scenario, case.rows(Party))
    if sentence is None:
        case.write(tables(case), documents(case))
        assert case.scenario.recommendations == ()
        return
    with pytest.raises(CaseError) as caught:
        case.write(tables(case), documents(case))
    assert sentence in str(caught.value)
    assert contents(folder) == before
    assert (case.info, case.scenario, case.rows(Party)) == held


def test_a_refused_save_of_a_table_and_a_document_leaves_both(case, folder, monkeypatch):
    before = contents(folder)
    real, calls = files.write_atomically, []

    def refuse(path, data):
        calls.append(path.name)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(path, data)

    with monkeypatch.context() as patch, pytest.raises(UserError, match="No space left"):
        patch.setattr(files, "write_atomically", refuse)
        case.write({Party: noted(case)}, [projects(case)])
    assert calls[:3] == [files.JOURNAL, "case.yaml", "parties.csv"]
    assert contents(folder) == before
    assert case.info.project != "changed"


def test_a_killed_save_of_a_table_and_a_document_is_completed(case, root, monkeypatch):
    real, calls = files.write_atomically, []

    def killed(path, data):
        calls.append(path.name)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(path, data)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(files, "write_atomically", killed)
        case.write({Party: noted(case)}, [projects(case)])
    again = open_case("voorbeeldregio", root=root)
    assert (again.info.project, again.rows(Party)[0].note) == ("changed", "changed")


# --- what a view depends on


def test_what_is_read_is_collected(case):
    with case.reads() as found:
        assert found == set()
        case.rows(Party)
        case.get(Option, "stichting")
        case.frame(Ballot)
        assert found == {Party, Option, Ballot}
        assert case.info.region
        assert found == {Party, Option, Ballot, CaseInfo}
        assert case.scenario.summary
    assert found == {Party, Option, Ballot, CaseInfo, Scenario}
    case.rows(Link)
    assert Link not in found


def test_whether_a_case_is_made_up_is_read_from_its_document(case):
    with case.reads() as found:
        assert case.fictional
    assert found == {CaseInfo}


def test_an_inner_view_belongs_to_the_outer_one(case):
    with case.reads() as outer:
        case.rows(Party)
        with case.reads() as inner:
            case.rows(Link)
        with case.reads() as second:
            pass
        case.rows(Option)
    assert (inner, second, outer) == ({Link}, set(), {Party, Link, Option})


def test_two_that_have_read_the_same_are_told_apart(case):
    outer, inner = case.reads(), case.reads()
    first, second = outer.__enter__(), inner.__enter__()
    outer.__exit__(None, None, None)
    case.rows(Party)
    inner.__exit__(None, None, None)
    assert (first, second) == (set(), {Party})


def test_collecting_ends_with_an_error_too(case):
    with pytest.raises(StopIteration), case.reads() as found:
        case.get(Party, "nowhere")
    case.rows(Link)
    assert found == {Party}


def test_saving_reads_nothing(case):
    with case.reads() as found:
        case.write({Link: case._tables[Link]}, [case._documents[CaseInfo]])
        case.refresh()
    assert found == set()


def test_a_version_changes_with_its_own_file_only(case, root, edit):
    before = {model: case.version(model) for model in FILES}
    assert before == {
        model: files.digest((case.folder / name).read_bytes()) for model, name in FILES.items()
    }

    def changed():
        return {model for model in FILES if case.version(model) != before[model]}

    case.write({Party: noted(case)})
    assert changed() == {Party}
    case.write({}, [projects(case)])
    assert changed() == {Party, CaseInfo}
    edit("scenario.yaml", "# Stap 8", "# Step 8")
    edit("links.csv", "sinds 2024", "sinds 2023")
    assert case.refresh()
    assert changed() == {Party, CaseInfo, Scenario, Link}
    again = open_case("voorbeeldregio", root=root)
    assert {model: again.version(model) for model in FILES} == {
        model: case.version(model) for model in FILES
    }


# --- observing


def test_who_observes_is_told_after_the_save(case, root):
    seen = []
    case.observe(
        lambda: seen.append(
            (case.rows(Party)[0].note, open_case("voorbeeldregio", root=root).rows(Party)[0].note)
        )
    )
    case.write({Party: noted(case, "new")})
    assert seen == [("new", "new")]


def test_who_observes_is_not_told_of_a_refused_save(case, root, monkeypatch):
    seen = []
    case.observe(lambda: seen.append("told"))
    with pytest.raises(CaseError):
        case.write({Party: ()})
    other = open_case("voorbeeldregio", root=root)
    other.write({Party: noted(other, "theirs")})
    with pytest.raises(Changed):
        case.write({Party: noted(case)})

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch, pytest.raises(UserError):
        patch.setattr(Path, "replace", refuse)
        case.write({Link: noted(case, model=Link)})
    assert seen == []


def test_observing_ends_once_and_for_one(case):
    seen = []
    end = case.observe(lambda: seen.append("a"))
    case.observe(lambda: seen.append("b"))
    case.write({Party: noted(case, "1")})
    end()
    end()
    case.write({Party: noted(case, "2")})
    assert seen == ["a", "b", "b"]


def test_an_observer_may_end_itself(case):
    seen = []

    def once():
        seen.append("once")
        end()

    end = case.observe(once)
    case.observe(lambda: seen.append("always"))
    case.write({Party: noted(case, "1")})
    case.write({Party: noted(case, "2")})
    assert seen == ["once", "always", "always"]


# --- looking again


def test_looking_again_tells_only_of_a_change(case, edit):
    seen = []
    case.observe(lambda: seen.append(case.info.project))
    assert not case.refresh()
    edit("case.yaml", "project: Ervaringsteam Voorbeeldregio", "project: Anders")
    assert case.refresh()
    assert not case.refresh()
    assert seen == ["Anders"]


def test_a_half_done_edit_by_hand_leaves_the_case_as_it_was(case, edit):
    rows = case.rows(Criterion)
    edit("criteria.csv", ",precondition,", ",maybe,")
    with pytest.raises(CaseError, match=r"criteria\.csv, row .*column cluster: “maybe”"):
        case.refresh()
    assert case.rows(Criterion) == rows


def test_looking_again_reads_nothing_while_nothing_changed(case, monkeypatch, folder):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was read")

    case.write({Party: noted(case)}, [projects(case)])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        patch.setattr(Path, "open", refuse)
        assert not case.refresh()
    (folder / "parties.csv").touch()
    assert not case.refresh()


def test_own_saves_do_not_hide_somebody_else_s(case, root):
    other = open_case("voorbeeldregio", root=root)
    other.write({Link: noted(other, "theirs", Link)}, [projects(other, "theirs")])
    case.write({Party: noted(case, "mine")})
    assert case.rows(Link)[0].note != "theirs"
    assert case.refresh()
    assert (case.rows(Link)[0].note, case.info.project) == ("theirs", "theirs")
    assert case.rows(Party)[0].note == "mine"


def test_an_interrupted_save_is_a_change(case, folder):
    text = (folder / "parties.csv").read_text("utf-8").replace("Ervaringsteam", "Team", 1)
    body = files.json.dumps({"parties.csv": text}, ensure_ascii=False, sort_keys=True)
    journal = {"files": {"parties.csv": text}, "digest": files.digest(body.encode())}
    (folder / files.JOURNAL).write_text(files.json.dumps(journal), "utf-8")
    assert case.refresh()
    assert case.rows(Party)[0].name == "Team"


def test_a_folder_that_is_gone_is_one_sentence_and_the_case_stays(case, folder):
    rows, info = case.rows(Party), case.info
    away = folder.rename(folder.parent / "elders")
    for attempt in (
        case.refresh,
        lambda: case.write({Party: noted(case)}),
        lambda: Case(folder, "en"),
    ):
        with pytest.raises(UserError) as caught:
            attempt()
        assert str(caught.value) == (
            f"the folder of voorbeeldregio is gone; put it back as {folder} and try again"
        )
    assert not folder.exists()
    assert (case.rows(Party), case.info) == (rows, info)
    away.rename(folder)
    assert not case.refresh()
    case.write({Party: noted(case)})
    assert case.rows(Party)[0].note == "changed"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("criteria.csv", ",precondition,", ",maybe,"),
        ("case.yaml", "provenance: fictional", "provenance: invented"),
        ("scenario.yaml", "answers: [nd-geld]", "answers: [nergens]"),
    ],
)
def test_a_refresh_that_fails_leaves_everything_and_tries_again(case, edit, name, old, new):
    seen = []
    case.observe(lambda: seen.append("told"))
    held = {model: case.version(model) for model in FILES}
    everything = ({model: case.rows(model) for model in TABLES}, case.info, case.scenario)
    edit("parties.csv", "Ervaringsteam", "Team")
    edit(name, old, new)
    for _ in range(2):
        with pytest.raises(CaseError):
            case.refresh()
    assert {model: case.version(model) for model in FILES} == held
    assert ({model: case.rows(model) for model in TABLES}, case.info, case.scenario) == everything
    assert seen == []
    edit(name, new, old)
    assert case.refresh()
    assert case.rows(Party)[0].name == "Team"


def test_an_old_spreadsheet_s_file_can_be_saved_over(case, folder, root):
    text = (folder / "parties.csv").read_text("utf-8")
    (folder / "parties.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    again = Case(folder, "en")
    assert again.rows(Party) == case.rows(Party)
    again.write({Party: again.rows(Party)})
    assert (folder / "parties.csv").read_text("utf-8") == text
