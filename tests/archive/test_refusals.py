"""An archive that is not what it should be changes nothing, and says so in a sentence."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.archive.zips import parts, repacked
from workbook.archive import open_archive
from workbook.archive.layout import DESCRIPTOR, MOST_BYTES
from workbook.case import CaseError, UserError
from workbook.cli import main

Spoil = Callable[[dict[str, bytes]], dict[str, bytes]]


def bad_path(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"data/../../evil.csv": b"x"}


def absolute(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"/evil.csv": b"x"}


def backslash(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"data\\..\\evil.csv": b"x"}


def newer(contents: dict[str, bytes]) -> dict[str, bytes]:
    about = json.loads(contents[DESCRIPTOR])
    about["werkboek"]["format"] = 99
    return contents | {DESCRIPTOR: json.dumps(about).encode()}


def no_descriptor(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in contents.items() if name != DESCRIPTOR}


def bomb(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"data/big.csv": bytes(MOST_BYTES + 1)}


def many(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {f"data/{number}.csv": b"" for number in range(2_001)}


def bad_region(contents: dict[str, bytes]) -> dict[str, bytes]:
    about = json.loads(contents[DESCRIPTOR]) | {"name": "../evil"}
    return contents | {DESCRIPTOR: json.dumps(about).encode()}


def entry(name: str) -> Spoil:
    """Add one entry, with a checksum that fits."""
    return lambda contents: contents | {name: b"id\n"}


def of_format(value: object) -> Spoil:
    """Say another format in the descriptor."""

    def spoil(contents: dict[str, bytes]) -> dict[str, bytes]:
        about = json.loads(contents[DESCRIPTOR])
        about["werkboek"]["format"] = value
        return contents | {DESCRIPTOR: json.dumps(about).encode()}

    return spoil


def described(text: bytes) -> Spoil:
    """Put something else in the place of the descriptor."""
    return lambda contents: contents | {DESCRIPTOR: text}


OUTSIDE, TWICE, NO_CASE = "outside its folder", "is in it twice", "not an archive of a case"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (entry("data/../x/"), OUTSIDE),
        (entry("../x/"), OUTSIDE),
        (entry("/x/"), OUTSIDE),
        (entry("data//ballots.csv"), OUTSIDE),
        (entry("./data/ballots.csv"), OUTSIDE),
        (entry("C:x.csv"), OUTSIDE),
        (entry("notebooks/a\nb.ipynb"), OUTSIDE),
        (entry("data/Ballots.csv"), TWICE),
        (entry("data/ballots.csv."), TWICE),
        (entry("DATA/ballots.csv"), TWICE),
        (entry("data/ballots.csv/"), TWICE),
        (entry("data/ballots.csv/x"), TWICE),
        (entry("data"), TWICE),
        (entry("notebooks"), TWICE),
        (lambda c: c | {"figures/cafe\u0301.png": b"", "figures/caf\u00e9.png": b""}, TWICE),
        (lambda c: c | {"figures/stra\u00dfe.png": b"", "figures/STRASSE.png": b""}, TWICE),
        (entry("data/extra.csv"), "“data/extra.csv” is no table of a case"),
        (entry("data/ballots/"), "“data/ballots/” is no table of a case"),
        (entry("data/.gitattributes"), "is no table of a case"),
        (of_format(-1), NO_CASE),
        (of_format(0), NO_CASE),
        (of_format(1.5), NO_CASE),
        (of_format(True), NO_CASE),
        (of_format("1"), NO_CASE),
        (of_format(None), NO_CASE),
        (described(b"[" * 200_000), NO_CASE),
        (described(b'{"werkboek": {"format": ' + b"9" * 5_000 + b"}}"), NO_CASE),
        (described(b"\xff\xfe"), NO_CASE),
        (described(b"[]"), NO_CASE),
        (described(b'"werkboek"'), NO_CASE),
        (bad_path, "outside its folder"),
        (absolute, "outside its folder"),
        (backslash, "outside its folder"),
        (newer, "newer workbook"),
        (no_descriptor, "not an archive of a case"),
        (bomb, "too large"),
        (many, "too large"),
        (bad_region, "evil"),
    ],
)
def test_a_bad_archive_is_refused_and_nothing_is_written(
    archive: Path, tmp_path: Path, spoil: Spoil, why: str
) -> None:
    bad = repacked(spoil(parts(archive)), tmp_path / "bad.zip")
    root = tmp_path / "elsewhere" / "data"
    result = CliRunner().invoke(main, ["--data", str(root), "open", str(bad), "--lang", "en"])
    assert result.exit_code == 1, result.exception
    assert why in result.output
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "evil.csv").exists()


def lied(path: Path) -> None:
    """Say in the headers of the zip that everything in it is small."""
    data = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.find(sign)
        while start >= 0:
            data[start + place : start + place + 4] = (10).to_bytes(4, "little")
            start = data.find(sign, start + 4)
    path.write_bytes(bytes(data))


def prefixed(data: bytes) -> bytes:
    return b"MZ" + data


def trailing(data: bytes) -> bytes:
    return data + b"x"


def with_comment(data: bytes) -> bytes:
    return data[:-2] + b"\x02\x00hi"


def zip_in_front(data: bytes) -> bytes:
    """Put a zip of something else before it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as other:
        other.writestr("a.txt", "something else")
    return made.getvalue() + data


def marked(place: int, value: int) -> Callable[[bytes], bytes]:
    """Change two bytes of every entry in the zip's own list."""

    def spoil(data: bytes) -> bytes:
        changed = bytearray(data)
        start = changed.find(b"PK\x01\x02")
        while start >= 0:
            changed[start + place : start + place + 2] = value.to_bytes(2, "little")
            start = changed.find(b"PK\x01\x02", start + 4)
        return bytes(changed)

    return spoil


def long_list(data: bytes) -> bytes:
    """Say that a great many files are in it."""
    return data[:-14] + b"\xff\xff\xff\xff" + data[-10:]


NOT_WHOLE = ("this is not a whole zip file", "dit is geen heel zipbestand")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (prefixed, NOT_WHOLE),
        (trailing, NOT_WHOLE),
        (with_comment, NOT_WHOLE),
        (zip_in_front, NOT_WHOLE),
        (lambda data: b"", NOT_WHOLE),
        (lambda data: data[-22:], NOT_WHOLE),
        (marked(10, 99), NOT_WHOLE),
        (marked(10, 14), NOT_WHOLE),
        (marked(8, 0x1), ("locked with a password", "met een wachtwoord")),
        (marked(40, 0o120777), (OUTSIDE, "buiten de map")),
        (marked(40, 0o020666), (OUTSIDE, "buiten de map")),
        (long_list, ("too large", "te groot")),
    ],
)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_zip_that_hides_something_is_refused_in_the_persons_language(
    archive: Path,
    tmp_path: Path,
    spoil: Callable[[bytes], bytes],
    why: tuple[str, str],
    lang: str,
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(spoil(archive.read_bytes()))
    root = tmp_path / "elsewhere" / "data"
    result = CliRunner().invoke(main, ["--data", str(root), "open", str(bad), "--lang", lang])
    assert result.exit_code == 1, result.exception
    assert why[lang == "nl"] in result.output
    assert not (tmp_path / "elsewhere").exists()


def test_bytes_changed_anywhere_give_a_sentence(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    chance, bad = random.Random(6), tmp_path / "bad.zip"
    ends = len(whole) - 4_000
    for turn in range(60):
        changed = bytearray(whole)
        for _ in range(3):
            place = chance.randrange(ends if turn % 2 else 0, len(whole))
            changed[place] = chance.randrange(256)
        bad.write_bytes(changed)
        try:
            open_archive(bad, tmp_path / str(turn), "en")
        except (UserError, CaseError):
            assert not (tmp_path / str(turn)).exists()


@pytest.mark.parametrize("spoil", ["changed", "missing", "added", "cut", "lied", "text"])
def test_an_archive_that_is_not_as_it_was_made_is_refused(
    archive: Path, tmp_path: Path, spoil: str
) -> None:
    contents = parts(archive)
    bad = tmp_path / "bad.zip"
    if spoil == "changed":
        contents["data/ballots.csv"] = contents["data/ballots.csv"].replace(b",-1,", b",1,", 1)
        repacked(contents, bad, sums=False)
    elif spoil == "missing":
        del contents["data/ballots.csv"]
        repacked(contents, bad, sums=False)
    elif spoil == "added":
        repacked(contents | {"figures/extra.png": b"x"}, bad, sums=False)
    elif spoil == "cut":
        bad.write_bytes(archive.read_bytes()[:-2_000])
    elif spoil == "lied":
        shutil.copy(archive, bad)
        lied(bad)
    else:
        bad.write_text("geen zip")
    root = tmp_path / "elsewhere" / "data"
    with pytest.raises(UserError, match=r"bad\.zip: (not as it was made|this is not a whole zip)"):
        open_archive(bad, root, "en")
    assert not root.exists()


def test_a_case_with_errors_is_not_put_among_the_regions(archive: Path, tmp_path: Path) -> None:
    contents = parts(archive)
    contents["data/ballots.csv"] = contents["data/ballots.csv"].replace(b",p01,", b",nobody,", 1)
    bad = repacked(contents, tmp_path / "bad.zip")
    root = tmp_path / "elsewhere" / "data"
    with pytest.raises(CaseError):
        open_archive(bad, root, "en")
    assert not (tmp_path / "elsewhere").exists()
    root.mkdir(parents=True)
    with pytest.raises(CaseError):
        open_archive(bad, root, "en")
    assert list(root.iterdir()) == []


def test_an_archive_packed_again_with_its_folders_is_opened(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "out")
    again = Path(shutil.make_archive(str(tmp_path / "again"), "zip", tmp_path / "out"))
    with zipfile.ZipFile(again) as opened:
        assert "data/" in opened.namelist()
    assert open_archive(again, tmp_path / "data", "en").region == "voorbeeldregio"
