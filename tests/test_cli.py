"""The command line: sentences and exit codes, never a traceback."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbook import start
from workbook.case import template
from workbook.cli import main
from workbook.run.job import Job
from workbook.run.jobs import Failure
from workbook.run.outcome import Outcome

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("WERKBOEK_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    for region in ("voorbeeldregio", "west-brabant"):
        shutil.copytree(
            DATA / region, tmp_path / "data" / region, ignore=shutil.ignore_patterns(".*")
        )
    return tmp_path / "data"


@pytest.fixture
def werkboek(root):
    """Run a command on the copy; anything but a clean exit is a failure."""

    def run(*arguments, data=root):
        before = ["--data", str(data)] if data else []
        result = CliRunner().invoke(main, [*before, *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(
            result.exception
        )
        assert "Traceback" not in result.output
        return result

    return run


def break_file(root, name, old, new, region="voorbeeldregio"):
    path = root / region / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def files(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_check_says_that_there_are_no_errors_and_then_what_is_open(werkboek):
    result = werkboek("check", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "voorbeeldregio: no errors."
    assert [line.split(".")[0] for line in lines[1:-1] if line[0] != " "] == list("0123456789")
    assert "1. Involving parties – nothing open – 163 of 163 rows with a source" in lines
    name = "9. Organisation scan on expertise by experience – 48 of 48 rows with a source"
    scan = lines.index(name)
    assert "   ✗ not yet confirmed: Geld voor drie jaar" in lines
    assert lines[-1] == "Broken trails (✗): 2. The report says what is missing there."
    assert lines[scan + 1] == "   · 6 questions of the scan have no answer yet"


def test_check_names_every_problem_at_once(werkboek, root):
    break_file(root, "rounds.csv", "revealed", "done")
    break_file(root, "ballots.csv", ",fictional", ",")
    break_file(root, "case.yaml", "provenance: fictional", "provenance: invented")
    (root / "voorbeeldregio" / "links.csv").unlink()
    before = files(root)
    result = werkboek("check", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("case.yaml, row 6, column provenance: “invented” can't be used")
    assert lines[1] == "links.csv: the file is missing"
    assert lines[2].startswith("rounds.csv, row 2, (r0), column state: “done” can't be used here; ")
    assert lines[2].endswith("expected: one of setup (being set up), open, closed, revealed")
    assert lines[3].startswith("ballots.csv, row 2, (")
    assert lines[3].endswith("column source: the cell is empty; expected: text")
    assert files(root) == before


BAD_INPUT = {
    "missing column": ("rounds.csv", ",state,", ",", "row 1, column state: the column is missing"),
    "extra column": ("rounds.csv", ",state,", ",state,colour,", "row 1, column colour: the column"),
    "duplicate id": ("rounds.csv", "\nr1,", "\nr0,", "row 3, (r0), column id: the id “r0” is"),
    "reference to nothing": ("rounds.csv", ",m7,", ",m77,", "row 2, (r0), column meeting: “m77”"),
    "outside the scale": (
        "ballots.csv",
        ",1,,fictional",
        ",3,,fictional",
        "column score: “3” can't",
    ),
    "unknown key": ("case.yaml", "project:", "projekt:", "column projekt: the field is not known"),
    "double key": ("case.yaml", "project:", "region:", "this is not YAML: "),
    "alias": (
        "case.yaml",
        "project: ",
        "project: &a ",
        "anchors and aliases (& and *) are refused",
    ),
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_is_a_sentence_with_its_place(werkboek, root, name):
    file, old, new, sentence = BAD_INPUT[name]
    break_file(root, file, old, new)
    before = files(root)
    result = werkboek("check", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr.startswith(file)
    assert sentence in result.stderr
    assert files(root) == before


def test_the_wrong_encoding_is_a_sentence(werkboek, root):
    path = root / "voorbeeldregio" / "parties.csv"
    path.write_text(path.read_text("utf-8"), "utf-16")
    result = werkboek("check", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr == ("parties.csv: the file is not text in UTF-8; expected: CSV UTF-8\n")


def test_what_a_dutch_excel_saves_is_understood(werkboek, root):
    path = root / "voorbeeldregio" / "rounds.csv"
    text = path.read_text("utf-8").replace('"Tweede ronde, na het gesprek"', "Tweede ronde é")
    path.write_bytes(text.replace(",", ";").replace("\n", "\r\n").encode("cp1252"))
    assert werkboek("check", "voorbeeldregio").exit_code == 0


@pytest.mark.parametrize(
    ("region", "sentence"),
    [
        ("nergens", "there is no region “nergens” in "),
        ("../data", "“../data” can't be a region's name; expected: lower-case letters, digits"),
        ("/etc", "“/etc” can't be a region's name"),
        ("Voorbeeldregio", "“Voorbeeldregio” can't be a region's name"),
        ("a" * 41, "can't be a region's name"),
    ],
)
@pytest.mark.parametrize("command", ["check", "run", "report", "lab"])
def test_an_unknown_region_or_a_path_is_refused_by_every_command(
    werkboek, root, command, region, sentence
):
    before = files(root.parent)
    result = werkboek(command, region, "--lang", "en")
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""
    assert files(root.parent) == before


def test_messages_are_dutch_by_default(werkboek, root):
    break_file(root, "rounds.csv", "revealed", "done")
    result = werkboek("check", "voorbeeldregio")
    assert "rounds.csv, rij 2, (r0), kolom state: " in result.stderr


def test_a_new_region_has_no_errors_only_open_points(werkboek, root):
    made = werkboek("new", "twente", "--lang", "en")
    assert made.exit_code == 0
    assert made.stdout.startswith(f"Made {root / 'twente'}.")
    checked = werkboek("check", "twente", "--lang", "en")
    assert checked.exit_code == 0
    assert checked.stderr == ""
    assert checked.stdout.startswith("twente: no errors.\n")
    assert "   · no parties yet (parties.csv)" in checked.stdout
    assert "nothing open" not in checked.stdout


def test_a_region_is_never_made_twice(werkboek, root):
    before = files(root)
    result = werkboek("new", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr == f"{root / 'voorbeeldregio'} exists already\n"
    assert files(root) == before


@pytest.mark.parametrize("region", ["../twente", "Twente", "een regio", "a/b"])
def test_a_name_that_is_no_slug_makes_nothing(werkboek, root, region):
    before = sorted(root.parent.rglob("*"))
    result = werkboek("new", region, "--lang", "en")
    assert result.exit_code == 1
    assert f"“{region}” can't be a region's name" in result.stderr
    assert sorted(root.parent.rglob("*")) == before


def test_a_folder_that_may_not_be_written_is_a_sentence(werkboek, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(template.tempfile, "mkdtemp", refuse)
    result = werkboek("new", "twente", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr.startswith("twente could not be written (Permission denied)")


def test_stopping_is_a_sentence(werkboek, root, monkeypatch):
    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(template.tempfile, "mkdtemp", stop)
    result = werkboek("new", "twente")
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert not (root / "twente").exists()


def test_any_other_refusal_of_the_disk_is_a_sentence(werkboek, root):
    (root.parent / "runs").write_text("in the way")
    result = werkboek("report", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{root.parent / 'runs'}")
    assert len(result.stderr.splitlines()) == 1


NOWHERE = "een-regio-die-nergens-staat"


def test_the_data_root_is_the_option_else_the_variable_else_ours(
    werkboek, root, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    werkboek("new", NOWHERE, data=elsewhere)
    assert (elsewhere / NOWHERE / "case.yaml").exists()
    monkeypatch.setenv("WERKBOEK_DATA", str(elsewhere))
    assert werkboek("check", NOWHERE, data=None).exit_code == 0
    assert werkboek("check", NOWHERE, data=root).exit_code == 1
    monkeypatch.delenv("WERKBOEK_DATA")
    ours = werkboek("check", NOWHERE, "--lang", "en", data=None)
    assert ours.stderr == f"there is no region “{NOWHERE}” in {DATA}\n"


def test_run_without_a_region_says_what_to_do(werkboek):
    result = werkboek("run", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr == "Name a region, or use --all.\n"


def test_run_all_of_nothing_says_what_to_do(werkboek, tmp_path):
    result = werkboek("run", "--all", "--lang", "en", data=tmp_path / "empty")
    assert result.exit_code == 1
    assert result.stderr == "Name a region, or use --all.\n"


@pytest.fixture
def pretended(monkeypatch):
    """Run no notebook, but keep what was asked and answer as a test says."""
    from workbook.run import jobs

    asked, answers = [], {}

    def run_here(these, at_once, tell):
        for job in these:
            asked.append((job, at_once))
            yield answers.get(job.region) or Outcome(
                job.region, "Supported.", "Decided.", RESULTS / job.region, ran=["00.ipynb"]
            )

    monkeypatch.setattr(jobs, "run_here", run_here)
    return asked, answers


RESULTS = Path("runs").absolute()


def test_a_case_with_errors_is_its_sentences_and_the_other_regions_run(werkboek, root):
    break_file(root, "rounds.csv", "ballots,", "ballot,", region="west-brabant")
    result = werkboek("run", "west-brabant", "nergens", "--lang", "en")
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    place = "rounds.csv, row 2, (ronde-werksessie), column how: “ballot”"
    assert first.startswith(f"west-brabant failed: {place}")
    assert second.startswith("nergens failed: there is no region “nergens” in ")
    assert not (root.parent / "runs").exists()


def test_a_notebook_that_fails_is_a_sentence_and_the_other_regions_run(werkboek, pretended):
    asked, answers = pretended
    answers["voorbeeldregio"] = Failure(
        "voorbeeldregio",
        "KeyError: 'x'",
        RESULTS / "failed" / "03_inventory.ipynb",
        ran=["02.ipynb"],
        reused=["00.ipynb", "01.ipynb"],
    )
    result = werkboek("run", "--all", "--lang", "en")
    assert result.exit_code == 1
    assert [job.region for job, _at_once in asked] == ["voorbeeldregio", "west-brabant"]
    failed = RESULTS / "failed" / "03_inventory.ipynb"
    assert result.stderr == (
        f"voorbeeldregio: 03_inventory failed: KeyError: 'x'. See {failed} (1 run, 2 reused)\n"
    )
    results = RESULTS / "west-brabant"
    done = f"west-brabant: Supported. Decided. 1 run, 0 reused. Results: {results}\n"
    assert result.stdout == done


def test_a_region_named_twice_runs_once(werkboek, pretended):
    asked, _answers = pretended
    assert werkboek("run", "voorbeeldregio", "voorbeeldregio").exit_code == 0
    assert [job.region for job, _at_once in asked] == ["voorbeeldregio"]


def test_what_is_asked_reaches_the_job(werkboek, pretended, root):
    asked, _answers = pretended
    told = ("--jobs", "3", "--force", "--limit", "7", "--lang", "en")
    assert werkboek("run", "voorbeeldregio", *told).exit_code == 0
    assert asked == [(Job("voorbeeldregio", "en", str(root), force=True, limit=7, ahead=2), 1)]


@pytest.mark.parametrize(("jobs", "at_once", "ahead"), [(1, 1, 0), (2, 2, 0), (3, 2, 0), (5, 2, 1)])
def test_who_has_no_region_to_run_draws_for_one(werkboek, pretended, jobs, at_once, ahead):
    asked, _answers = pretended
    assert werkboek("run", "--all", "--jobs", str(jobs), "--force").exit_code == 0
    assert [(job.ahead, among) for job, among in asked] == [(ahead, at_once)] * 2


def test_stopping_a_run_says_what_is_kept(werkboek, pretended, monkeypatch):
    from workbook.run import jobs

    def stop(*_):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(jobs, "run_here", stop)
    result = werkboek("run", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.output == (
        "Stopped. Regions that were done are kept; the others are as they were.\n"
    )


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Start no server, but keep what it would be started with."""
    from workbook.run import lab

    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    calls = []

    def start(first, served, data, lang, *, port, browser, ready):
        assert first.exists(), "the notebooks are there before JupyterLab starts"
        calls.append((first, served, data, lang, port, browser))
        ready("http://127.0.0.1:8888/?token=abc")

    monkeypatch.setattr(lab, "start", start)
    return calls


def test_lab_makes_the_notebooks_says_where_and_how_to_stop(werkboek, root, started):
    result = werkboek("lab", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 0
    folder = Path("runs", "voorbeeldregio", "en", "live")
    assert result.stdout.splitlines() == [
        f"voorbeeldregio: the notebooks are in {folder}",
        "To stop: Ctrl-C",
        "JupyterLab: http://127.0.0.1:8888/?token=abc",
        f"JupyterLab has stopped; what was saved stays in {folder}",
    ]
    first = root.parent / folder / "00_start.ipynb"
    assert started == [(first, root.parent / "runs", root, "en", None, True)]


def test_lab_passes_on_the_port_and_opens_no_browser_if_asked(werkboek, started):
    assert werkboek("lab", "west-brabant", "--no-browser", "--port", "8911").exit_code == 0
    ((first, *_, lang, port, browser),) = started
    assert (first.parts[-4:-2], lang, port, browser) == (
        ("west-brabant", "nl"),
        "nl",
        8911,
        False,
    )


def test_lab_tells_which_copies_were_left_alone_and_where_the_new_ones_are(werkboek, root, started):
    werkboek("lab", "voorbeeldregio", "--lang", "en")
    live = root.parent / "runs" / "voorbeeldregio" / "en" / "live"
    for name in ("00_start", "03_inventory"):
        (live / f"{name}.ipynb").write_text("mine")
    result = werkboek("lab", "voorbeeldregio", "--lang", "en")
    lines = result.stdout.splitlines()
    assert lines[1:3] == [
        "Changed by somebody, so left as they are: 00_start.ipynb, 03_inventory.ipynb",
        "The new versions stand beside them: 00_start.new.ipynb, 03_inventory.new.ipynb",
    ]
    assert (live / "00_start.ipynb").read_text() == "mine"
    assert (live / "00_start.new.ipynb").exists()


def test_lab_without_a_region_opens_the_one_worked_in_last(werkboek, root, started):
    assert werkboek("lab").exit_code == 0
    assert werkboek("lab", "west-brabant").exit_code == 0
    assert werkboek("lab").exit_code == 0
    assert werkboek("lab", "--lang", "en").exit_code == 0
    assert [first.parts[-4:-2] for first, *_ in started] == [
        ("voorbeeldregio", "nl"),
        ("west-brabant", "nl"),
        ("west-brabant", "nl"),
        ("voorbeeldregio", "en"),
    ]


def test_lab_without_any_region_says_what_to_do(werkboek, tmp_path, started):
    result = werkboek("lab", "--lang", "en", data=tmp_path / "empty")
    assert result.exit_code == 1
    assert result.stderr.endswith("make one with: werkboek new NAME\n")
    assert started == []


def test_lab_starts_nothing_for_a_case_with_errors(werkboek, root, started):
    break_file(root, "rounds.csv", "revealed", "done")
    result = werkboek("lab", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr.startswith("rounds.csv, row 2, (r0), column state: ")
    assert started == []
    assert not (root.parent / "runs").exists()


HEAVY = ("pandas", "matplotlib", "seaborn", "numpy", "papermill", "ipywidgets", "tornado")


def imported(code):
    """Run code in a fresh Python and give what of HEAVY it brought in, and what it printed."""
    report = f"\nimport json, sys\nprint(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WERKBOEK_")}
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        capture_output=True,
        text=True,
        check=True,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    )
    *printed, modules = done.stdout.splitlines()
    return json.loads(modules), printed


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["run", "--help"], ["lab", "--help"]]
)
def test_help_waits_for_no_heavy_library(arguments):
    code = f"from workbook.cli import main\nmain({arguments!r}, standalone_mode=False)"
    modules, printed = imported(code)
    assert modules == []
    assert printed[0].startswith("Usage: ")


def test_check_and_the_package_itself_wait_for_no_heavy_library(root):
    code = (
        "import workbook\nfrom workbook.cli import main\n"
        f"main(['--data', {str(root)!r}, 'check', 'voorbeeldregio'], standalone_mode=False)"
    )
    modules, printed = imported(code)
    assert modules == []
    assert printed[0].startswith("voorbeeldregio: ")


def test_what_drives_a_run_waits_for_no_heavy_library():
    modules, _printed = imported(
        "import workbook.run.jobs, workbook.run.outcome, workbook.run.warm, workbook.run.sources"
    )
    assert modules == []


def test_help_is_dutch_unless_asked_otherwise():
    _, dutch = imported("from workbook.cli import main\nmain(['--help'], standalone_mode=False)")
    _, english = imported(
        "import os\nos.environ['WERKBOEK_LANG'] = 'en'\n"
        "from workbook.cli import main\nmain(['--help'], standalone_mode=False)"
    )
    assert "Make an empty case for a region." in "\n".join(english)
    assert "Make an empty case for a region." not in "\n".join(dutch)
    for command in ("new", "check", "run", "report", "lab"):
        assert any(line.strip().startswith(command) for line in dutch)


def test_a_language_we_do_not_have_is_refused(werkboek):
    result = werkboek("check", "voorbeeldregio", "--lang", "de")
    assert result.exit_code == 2
    assert "'de' is not one of 'nl', 'en'" in result.stderr


def test_stopping_it_while_it_starts_is_a_sentence(monkeypatch, capsys) -> None:
    class Interrupted:
        """Finds modules; the first that is looked for comes with a Ctrl-C."""

        def find_spec(self, *_asked):
            sys.meta_path.remove(self)
            raise KeyboardInterrupt

    for name in [name for name in sys.modules if name.startswith("workbook.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        start.main()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told in (
        "Stopped; what was there is as it was.\n",
        "Gestopt; wat er al was, is gebleven zoals het was.\n",
    )
