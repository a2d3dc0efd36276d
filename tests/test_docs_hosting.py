"""The hosting page: its two files fit together, fit the command, and say the same in Dutch."""

from __future__ import annotations

import re
import shlex
from configparser import ConfigParser
from itertools import pairwise
from pathlib import Path

import click
import pytest

from workbook.cli import main
from workbook.session.web.edges import LARGEST

PAGES = {"en": "hosting.md", "nl": "hosting.nl.md"}
PORT = "8470"
QUIET = {"$time_iso8601", "$request_method", "$status", "$body_bytes_sent", "$request_time"}
"""What of a request may be written down: nothing that tells who or what."""


@pytest.fixture
def pages(root: Path) -> dict[str, str]:
    return {lang: (root / "docs" / name).read_text("utf-8") for lang, name in PAGES.items()}


def blocks(text: str, kind: str) -> list[str]:
    """Give the code of one kind, without its comments: those are in the page's language."""
    found = re.findall(rf"^```{kind}\n(.*?)^```", text, re.M | re.S)
    return [re.sub(r"^\s*#.*\n", "", block, flags=re.M) for block in found]


def unit(text: str) -> ConfigParser:
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    # Environment stands twice, as systemd allows.
    (block,) = blocks(text, "ini")
    read.read_string(re.sub(r"^Environment=(\w+)=", r"Environment.\1=", block, flags=re.M))
    return read


def site(text: str) -> str:
    (block,) = blocks(text, "nginx")
    return block


def directives(text: str) -> list[list[str]]:
    return [shlex.split(line) for line in re.findall(r"^\s*([a-z_]+ [^;{}]+);", text, re.M)]


def values(text: str, name: str) -> list[list[str]]:
    return [words[1:] for words in directives(site(text)) if words[0] == name]


def test_both_languages_have_the_same_parts_and_the_same_files(pages: dict[str, str]) -> None:
    en, nl = pages["en"], pages["nl"]
    for kind in ("ini", "nginx", "html", "sh"):
        assert blocks(en, kind) == blocks(nl, kind), kind
    assert len(blocks(en, "sh")) == 8
    for mark in (r"^#+ ", r"^- \[ \] ", r"^\d\. ", r"^- ", r"^\| "):
        assert len(re.findall(mark, en, re.M)) == len(re.findall(mark, nl, re.M)), mark
    levels = [re.findall(r"^(#+) ", text, re.M) for text in (en, nl)]
    assert levels[0] == levels[1]
    codes = [re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", t, flags=re.S)) for t in (en, nl)]
    ours = [sorted({c for c in found if not c.startswith("hosting")}) for found in codes]
    assert ours[0] == ours[1]


@pytest.mark.parametrize("lang", PAGES)
def test_the_links_lead_somewhere(root: Path, pages: dict[str, str], lang: str) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", pages[lang]):
        assert (root / "docs" / link).exists(), link


@pytest.mark.parametrize("lang", PAGES)
def test_nginx_hands_on_to_the_port_that_the_service_listens_on(
    pages: dict[str, str], lang: str
) -> None:
    start = shlex.split(unit(pages[lang])["Service"]["ExecStart"])
    assert start[start.index("--port") + 1] == PORT
    assert "--proxied" in start
    assert "--lan" not in start
    assert values(pages[lang], "proxy_pass") == [[f"http://127.0.0.1:{PORT}"]]
    told = set(re.findall(r"\b84\d\d\b", pages[lang]))
    assert told == {PORT}


@pytest.mark.parametrize("lang", PAGES)
def test_the_command_knows_the_options_that_are_named(pages: dict[str, str], lang: str) -> None:
    lines = re.findall(r"werkboek ((?:session|codes|lab|forms|forget) .*)", pages[lang])
    assert len(lines) >= 6
    for line in lines:
        name, *_rest = line.split()
        command = main.commands[name]
        assert isinstance(command, click.Command)
        known = {option for parameter in command.params for option in parameter.opts}
        named = set(re.findall(r"--[a-z-]+", line.split("`")[0]))
        assert named <= known, line


@pytest.mark.parametrize("lang", PAGES)
def test_the_ballot_box_is_in_one_place_on_a_local_disk(pages: dict[str, str], lang: str) -> None:
    service = unit(pages[lang])["Service"]
    state, data = service["Environment.WERKBOEK_STATE"], service["Environment.WERKBOEK_DATA"]
    assert service["StateDirectory"] == state.removeprefix("/var/lib/")
    assert service["ReadWritePaths"] == data
    told = set(re.findall(r"WERKBOEK_STATE=(\S+)", pages[lang]))
    assert told == {state}
    assert set(re.findall(r"WERKBOEK_DATA=(\S+)", pages[lang])) == {data}
    assert f"{state}/sessions/*.sqlite" in pages[lang]
    assert 'sqlite3 "$box" ".backup' in pages[lang]


@pytest.mark.parametrize("lang", PAGES)
def test_the_service_has_a_user_of_its_own_and_little_room(
    pages: dict[str, str], lang: str
) -> None:
    service = unit(pages[lang])["Service"]
    assert service["User"] == service["Group"] == "werkboek"
    assert (
        f"useradd --system --home-dir /srv/werkboek --shell /usr/sbin/nologin {service['User']}"
        in (pages[lang])
    )
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
        "StateDirectoryMode": "0700",
        "UMask": "0077",
        "Restart": "always",
    }.items():
        assert service[name] == value, name
    assert unit(pages[lang])["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.parametrize("lang", PAGES)
def test_only_the_headers_that_the_page_names_are_handed_on(
    pages: dict[str, str], lang: str
) -> None:
    assert values(pages[lang], "proxy_set_header") == [
        ["Host", "$host"],
        ["X-Real-IP", "$remote_addr"],
        ["X-Forwarded-Proto", "$scheme"],
        ["X-Forwarded-For", ""],
    ]
    words = re.sub(r"```.*?```", "", pages[lang], flags=re.S)
    for header in ("X-Real-IP", "X-Forwarded-Proto"):
        assert f"`{header}`" in words


@pytest.mark.parametrize("lang", PAGES)
def test_nothing_about_a_visitor_is_logged(pages: dict[str, str], lang: str) -> None:
    ((name, told),) = values(pages[lang], "log_format")
    assert set(re.findall(r"\$\w+", told)) == QUIET
    assert values(pages[lang], "access_log") == [["off"], ["/var/log/nginx/werkboek.log", name]]
    assert values(pages[lang], "error_log")[0][1:] == ["crit"]


@pytest.mark.parametrize("lang", PAGES)
def test_a_room_behind_one_address_gets_in(pages: dict[str, str], lang: str) -> None:
    """Two hundred people save a score about every second."""
    ((_key, zone, rate),) = values(pages[lang], "limit_req_zone")
    ((of, burst, delay),) = values(pages[lang], "limit_req")
    assert zone.removeprefix("zone=").split(":")[0] == of.removeprefix("zone=")
    assert int(re.findall(r"\d+", rate)[0]) > 200
    assert int(re.findall(r"\d+", burst)[0]) >= 3 * 200
    assert (rate[-3:], delay) == ("r/s", "nodelay")


@pytest.mark.parametrize("lang", PAGES)
def test_the_site_has_tls_and_nothing_but_a_redirect_without(
    pages: dict[str, str], lang: str
) -> None:
    plain, safe = site(pages[lang]).split("server {")[1:]
    assert "return 301 https://werkboek.example.org/;" in plain
    assert "proxy_pass" not in plain
    assert "listen 443 ssl;" in safe
    assert values(pages[lang], "ssl_protocols") == [["TLSv1.2", "TLSv1.3"]]
    hosts = set(re.findall(r"[\w.-]+\.(?:org|com|net)\b", pages[lang]))
    assert hosts == {"werkboek.example.org"}


@pytest.mark.parametrize("lang", PAGES)
def test_what_nginx_says_itself_is_in_both_languages(pages: dict[str, str], lang: str) -> None:
    ((*codes, where),) = values(pages[lang], "error_page")
    assert {"413", "429", "502", "503", "504"} <= {*codes}
    own = re.search(rf"location = {where} \{{(.*?)\}}", site(pages[lang]), re.S)
    assert own is not None and "internal;" in own[1] and "limit_req" not in own[1]
    (root,) = re.findall(r"root (\S+);", own[1])
    assert f"`{root}{where}`" in pages[lang] and f"chmod 0644 {root}{where}" in pages[lang]
    (html,) = blocks(pages[lang], "html")
    assert '<html lang="nl">' in html and '<div lang="en">' in html
    assert "gespreksleider" in html and "facilitator" in html
    assert not re.search(r"https?:|src=|href=|url\(|<script", html)
    (title,) = re.findall(r"<title>(.*)</title>", html)
    assert title == "Werksessie · Working session"


@pytest.mark.parametrize("lang", PAGES)
def test_nothing_that_people_send_or_get_is_put_on_the_disk(
    pages: dict[str, str], lang: str
) -> None:
    ((room,),) = values(pages[lang], "client_body_buffer_size")
    assert int(room.removesuffix("k")) * 1024 >= LARGEST
    assert values(pages[lang], "proxy_max_temp_file_size") == [["0"]]


@pytest.mark.parametrize("lang", PAGES)
def test_the_ballot_box_is_destroyed_by_a_command_before_its_folder_goes(
    pages: dict[str, str], lang: str
) -> None:
    last = blocks(pages[lang], "sh")[-1]
    assert last.index("werkboek forget REGION") < last.index("rm -r /var/lib/werkboek")


def test_the_braces_of_the_site_close(pages: dict[str, str]) -> None:
    depth = [0]
    for sign in re.findall(r"[{}]", site(pages["en"])):
        depth.append(depth[-1] + (1 if sign == "{" else -1))
    assert min(depth) == depth[-1] == 0
    assert all(abs(a - b) == 1 for a, b in pairwise(depth))


def test_what_must_never_be_done_comes_before_how(pages: dict[str, str]) -> None:
    en, nl = pages["en"], pages["nl"]
    assert en.index("Never put JupyterLab on the internet") < en.index("```")
    assert nl.index("Zet JupyterLab nooit op het internet") < nl.index("```")
