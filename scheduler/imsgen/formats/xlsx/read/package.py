"""The parts of an xlsx file: a zip with XML in it, from anyone."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_FILE = 100_000_000
"""Bytes of the file itself."""
MOST_PARTS = 600_000_000
"""Bytes of all parts read, unpacked."""
_CHUNK = 1 << 18
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):  # noqa: N818 - said to the user, not an error of ours
    """A file that is no workbook, or none that can be read; with what to do about it."""

    def __init__(self, reason: str, help_: str = "save it as .xlsx") -> None:
        super().__init__(reason)
        self.reason, self.help = reason, help_


class Package:
    """An open xlsx file; parts are named as in the zip, without a leading slash."""

    def __init__(self, path: Path) -> None:
        _check_kind(path)
        try:
            self._zip = ZipFile(path)
        except (BadZipFile, OSError, ValueError, RuntimeError) as error:
            raise Unreadable("it is no workbook, or a damaged one") from error
        self._parts: dict[str, ZipInfo] = {one.filename: one for one in self._zip.infolist()}
        self._left = MOST_PARTS

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._parts

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return kind and target of what a part names, by id."""
        folder, _, file = name.rpartition("/")
        beside = f"{folder}/_rels/{file}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}
        if not self.has(beside):
            return found

        def start(tag: str, given: dict[str, str]) -> None:
            if local(tag) == "Relationship" and given.get("TargetMode") != "External":
                target = given.get("Target", "")
                whole = target[1:] if target.startswith("/") else f"{folder}/{target}"
                kind = given.get("Type", "").rpartition("/")[2]
                found[given.get("Id", "")] = (kind, posixpath.normpath(whole).lstrip("/"))

        self.parse(beside, start)
        return found

    def parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part, element by element.

        Raises
        ------
        Unreadable
            If it is missing, no XML, declares entities, or unpacks to more than is read.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        info = self._parts.get(name)
        if info is None:
            raise Unreadable(f"its part `{name}` is missing")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unreadable(
                            f"it unpacks to more than {MOST_PARTS // 1_000_000} MB",
                            "copy the cells that matter to a new workbook",
                        )
                    parser.Parse(chunk)
                parser.Parse(b"", True)
        except (BadZipFile, OSError, ValueError, EOFError, zlib.error) as error:
            raise Unreadable(f"its part `{name}` is damaged") from error
        except (expat.ExpatError, RuntimeError) as error:
            raise Unreadable(f"its part `{name}` cannot be read") from error


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition(" ")[2]


def attribute(given: dict[str, str], name: str) -> str:
    """Return an attribute of any namespace, empty where there is none."""
    return next((value for key, value in given.items() if local(key) == name), "")


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("it declares XML entities, which no workbook does")


def _check_kind(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
            found = b"" if head != _OLE else file.read(1_000_000)
    except OSError as error:
        raise Unreadable((error.strerror or "it cannot be opened").lower(), "") from error
    if head == _OLE and _ENCRYPTED in found:
        raise Unreadable("it is protected with a password", "save it without a password")
    if head == _OLE:
        raise Unreadable("it is in the format of Excel 97 (.xls)")
    if not head:
        raise Unreadable("it is empty")
    if not head.startswith(b"PK"):
        raise Unreadable("it is no workbook")
    if size > MOST_FILE:
        raise Unreadable(f"it has more than {MOST_FILE // 1_000_000} MB")
