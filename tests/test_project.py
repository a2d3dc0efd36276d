"""The project's own files agree with each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from workbook import __version__
from workbook.case.codebook import codebook
from workbook.case.tables import TABLES


def pyproject(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


def pinned(root: Path, lock: str = "requirements.lock") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([A-Za-z0-9._-]+)==(\S+)", (root / lock).read_text("utf-8"), re.M
    ):
        found.setdefault(name.lower().replace("_", "-"), []).append(version)
    return found


def test_the_lock_pins_everything_with_hashes_and_names_no_index(root: Path) -> None:
    project, lock = pyproject(root), pinned(root)
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=]", item)[0].lower().replace("_", "-") for item in wanted}
    assert names - {"ruamel.yaml"} <= set(lock) | {"ruamel-yaml"}
    hashes_only(root / "requirements.lock")
    assert not (root / "uv.lock").exists()


def hashes_only(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text)
    assert all("--hash=sha256:" in e for e in entries if re.match(r"[\w.-]+==", e))
    assert "://" not in text


def test_what_methods_are_compared_with_fits_the_lock_and_stays_out_of_it(root: Path) -> None:
    lock, compared = pinned(root), pinned(root, "requirements-compare.lock")
    groups = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    names = {re.split(r"[<>=]", item)[0] for items in groups.values() for item in items}
    assert names <= set(compared)
    assert not names & set(lock)
    assert "scipy" in compared
    assert "scipy" not in lock
    assert {name: lock[name] for name in compared if name in lock} == {
        name: versions for name, versions in compared.items() if name in lock
    }
    hashes_only(root / "requirements-compare.lock")


def test_the_conda_environment_follows_pyproject(root: Path) -> None:
    environment = YAML(typ="safe").load((root / "environment.yml").read_text("utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    python = next(d for d in environment["dependencies"] if str(d).startswith("python="))
    lowest = pyproject(root)["requires-python"].removeprefix(">=")
    assert [int(n) for n in python[7:].split(".")] >= [int(n) for n in lowest.split(".")]
    pip = next(d["pip"] for d in environment["dependencies"] if isinstance(d, dict))
    assert pip == ["--requirement requirements.lock"]
    assert "--no-deps --no-build-isolation -e ." in (root / "postBuild").read_text("utf-8")


def test_the_codebook_is_current_and_names_every_column(root: Path) -> None:
    text = (root / "data" / "README.md").read_text("utf-8")
    assert text == codebook(), "run scripts/build_codebook.py"
    for model in TABLES:
        section = text.split(f"## {model.table}.csv")[1].split("\n## ")[0]
        for column in model.columns():
            assert f"| `{column}` |" in section


def test_versions_agree(root: Path) -> None:
    citation = YAML(typ="safe").load((root / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == __version__
    assert [author["name"] for author in citation["authors"]] == [
        "Werkboek Positionering contributors"
    ]


@pytest.mark.parametrize("name", ["README.md", "README.nl.md"])
def test_every_file_that_the_readme_names_exists(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"", text):
        path = root / (target[0] or target[1])
        assert path.exists(), path
    for command in ("make run", "make test"):
        assert command in text


def test_the_repository_stands_alone(root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.md", "*.toml", "*.yml", "*.yaml", "*.csv", "Makefile"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert listed
    outside = "../" + "shared"
    for name in listed:
        text = (root / name).read_text("utf-8")
        assert outside not in text, name
        assert "DESIGN.md" not in text or name == "tests/test_project.py", name


def test_what_is_printed_takes_the_same_room_on_every_computer(root: Path) -> None:
    faces = {}
    for path in root.glob("workbook/**/*.css"):
        text = path.read_text("utf-8")
        if "@page" in text and "Arial" in text:
            faces[path.name] = re.findall(r"^@font-face.*?}", text, re.M | re.S)
            for fonts in re.findall(r"font:[^;]*Arial[^;]*;", text):
                assert '"As wide as Arial"' in fonts, path.name
    assert set(faces) == {"sheet.css", "slips.css", "paper_form.css"}
    assert len(faces["sheet.css"]) == 2
    assert all(found == faces["sheet.css"] for found in faces.values())


def test_notebooks_follow_their_source(root: Path) -> None:
    sys.path.insert(0, str(root / "scripts"))
    try:
        import build_notebooks
    finally:
        sys.path.pop(0)
    assert build_notebooks.stale() == []
    numbers = [path.stem[:2] for path in build_notebooks.sources()]
    assert numbers == [f"{n:02d}" for n in range(11)]
