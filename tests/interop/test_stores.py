"""Calendar files in stores that match events by identity: Radicale (CalDAV) and khal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.support.ics import parse
from tests.support.reissued import revised

from imsgen.formats.ical import write

_CALDAV = """
import io, json, sys
from radicale import Application, config

folder, *files = sys.argv[1:]
settings = config.load()
settings.update({
    "storage": {"filesystem_folder": folder}, "auth": {"type": "none"},
    "logging": {"level": "critical"},
}, "test", privileged=True)
application = Application(settings)

def ask(method, path, body=b"", **more):
    status = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "SERVER_NAME": "test",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "text/calendar", "HTTP_AUTHORIZATION": "Basic dXNlcjo=", **more,
    }
    answer = b"".join(application(environ, lambda code, headers: status.append(code)))
    return int(status[0].split()[0]), answer.decode()

QUERY = b'<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>%s</D:prop>' \\
    b'<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter>' \\
    b'</C:filter></C:calendar-query>'
EXPANDED = b'<C:calendar-data><C:expand start="20200101T000000Z" end="20400101T000000Z"/></C:calendar-data>'

def count(what, word):
    code, text = ask("REPORT", "/user/plan/", QUERY % what, HTTP_DEPTH="1")
    assert code == 207, (code, text)
    return text.count(word)

ask("PROPFIND", "/user/")
ask("MKCALENDAR", "/user/plan/")
told = []
for name in files:
    code, text = ask("PUT", "/user/plan/", open(name, "rb").read())
    told.append([code, count(b"<D:getetag/>", "<getetag>"), count(EXPANDED, "BEGIN:VEVENT")])
print(json.dumps(told))
"""
"""Puts files one after the other to a calendar; prints code, events and occurrences of each."""

_KHAL = """\
[calendars]
[[plan]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Pacific/Auckland
default_timezone = Pacific/Auckland
[sqlite]
path = {folder}.db
"""


def _files(folder: Path) -> list[Path]:
    """Return the calendar of one revision twice, then of the next."""
    first = revised(work=480 * 14)
    second = revised(first, work=480 * 16)
    once = write(first, folder / "first" / "plan.ics")[0]
    return [once, once, write(second, folder / "second" / "plan.ics")[0]]


def _events(path: Path) -> int:
    root, _ = parse(path.read_bytes())
    assert root is not None
    return len(root.inner("VEVENT"))


def _run(command: Sequence[str], folder: Path) -> str:
    environment = {
        **os.environ,
        "TZ": "Pacific/Auckland",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        command, env=environment, capture_output=True, check=False, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(find_spec("radicale") is None, reason="radicale is not installed")
def test_radicale_takes_the_files_again_without_doubling(tmp_path: Path) -> None:
    """As many events after the second time as after the first, and every stand-up once."""
    files = _files(tmp_path)
    command = [sys.executable, "-c", _CALDAV, str(tmp_path / "store"), *map(str, files)]
    once, twice, later = json.loads(_run(command, tmp_path))
    assert once == twice
    repeated = [one for one in revised(work=480 * 14).meetings if one.series == "standup"]
    assert once[0] in {201, 204}
    assert once[1] == _events(files[0])
    assert once[2] == len(repeated)  # it expands what repeats, and gives only that
    assert later[1] == _events(files[2])


@pytest.mark.skipif(find_spec("khal") is None, reason="khal is not installed")
def test_khal_imports_and_updates(tmp_path: Path) -> None:
    """Every event once, the second import changes nothing, the next revision moves the gate."""
    store, settings = tmp_path / "plan", tmp_path / "khal.conf"
    store.mkdir()
    settings.write_text(_KHAL.format(folder=store), encoding="utf-8")
    khal = [sys.executable, "-m", "khal", "-c", str(settings)]
    files = _files(tmp_path)
    listed = []
    for file in files:
        _run([*khal, "import", "--batch", "-a", "plan", str(file)], tmp_path)
        listed.append(
            _run([*khal, "list", "--once", "-f", "{start} {title}", "2026-11-01", "90d"], tmp_path)
        )
    assert len(list(store.glob("*.ics"))) == _events(files[0])
    assert listed[0] == listed[1]
    assert "GO/NO-GO – go" in listed[0]
    gates = [next(line for line in text.splitlines() if "GO/NO-GO" in line) for text in listed[1:]]
    assert gates[0] != gates[1]
