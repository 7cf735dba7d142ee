"""Reading the files of a plan: the root, its libraries and the plans it includes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePath, PureWindowsPath
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Label, Report, Span
from imsgen.errors import UsageError
from imsgen.plan.document import At, Document, RawDuration, RawItem
from imsgen.plan.resolve.durations import whole_minutes
from imsgen.plan.resolve.part import Part, Parts, Setting

Reader = Callable[[Path, str, Report], Document | None]
"""Reads a file that is called ``str`` in diagnostics."""

TOTAL_LIMIT = 50_000_000
"""Bytes of all files of a plan together."""
_NOT_IN_LIBRARY = (
    "activities",
    "gates",
    "checkpoints",
    "dependencies",
    "baselines",
    "expect",
    "roster",
)


class Gatherer:
    """Reads files and keeps what has been read; the reader has ``texts`` instead of some files."""

    def __init__(
        self,
        root: Path,
        shown: str,
        reader: Reader,
        report: Report,
        texts: Mapping[Path, str] | None = None,
    ) -> None:
        self.report = report
        self.reader = reader
        self.texts = texts or {}
        self.root = root.resolve()
        self.folder = self.root.parent
        self.shown_folder = PurePath(shown).parent
        self.shown = shown
        self.included: dict[str, Part] = {}
        self.libraries: dict[Path, Part | None] = {}
        self.files: dict[Path, None] = {}
        self.documents: dict[Path, Document | None] = {}
        self.total = 0

    def gather(
        self, default: Setting, given: Callable[[], Document | None] | None = None
    ) -> Parts | None:
        """Return every file of the plan, or None if the root cannot be read at all.

        Parameters
        ----------
        given
            Reads the root where it is no file: then what it includes is looked for in the folder
            its name would lie in.

        Raises
        ------
        UsageError
            If the root does not exist or cannot be read.
        """
        if given is not None:
            document = given()
        elif self.root.is_file():
            document = self._document(self.root, self.shown, None)
        else:
            raise UsageError(self._missing())
        if document is None:
            return None
        root = Part(document, self._setting(document, default))
        # A text is no file that could be included again.
        self._walk(root, self.root, (self.root,) if given is None else ())
        read = [part for part in self.libraries.values() if part is not None]
        return Parts(root, self.included, tuple(read), tuple(self.files))

    def _missing(self) -> str:
        """Return what is wrong where the root is no file, with the plan that may be meant."""
        if self.root.is_dir():
            return f"`{self.shown}` is a folder, expected a plan file"
        plans = {one.stem: one.name for one in sorted(self.folder.glob("*.y*ml"))}
        near = get_close_matches(self.root.stem, plans, 1, 0.7)
        meant = f": did you mean `{self.shown_folder / plans[near[0]]}`?" if near else ""
        return f"there is no file `{self.shown}`{meant}"

    def _walk(self, part: Part, path: Path, chain: tuple[Path, ...]) -> None:
        for name in part.document.include:
            self._library(name, path, part, chain)
        for item in part.document.activities:
            self._item(item, part.full(item.id.value), part, path, chain)

    def _item(
        self, item: RawItem, id_: str, part: Part, path: Path, chain: tuple[Path, ...]
    ) -> None:
        for child in item.activities or ():
            self._item(child, f"{id_}.{child.id.value}", part, path, chain)
        if item.include is None:
            return
        target = self._target(item.include, path, chain)
        if target is None:
            return
        document = self._document(target, self._show(target), item.include.span)
        if document is None:
            return
        inner = Part(document, self._setting(document, part.setting), id_)
        self.included[id_] = inner
        self._walk(inner, target, (*chain, target))

    def _library(self, name: At[str], path: Path, part: Part, chain: tuple[Path, ...]) -> None:
        target = self._target(name, path, chain)
        if target is None or target in self.libraries:
            return
        self.libraries[target] = None
        document = self._document(target, self._show(target), name.span)
        if document is None:
            return
        self._check_library(document, name)
        library = Part(document, self._setting(document, part.setting), part.prefix, library=True)
        for inner in document.include:
            self._library(inner, target, library, (*chain, target))
        # After its own libraries, and in the order named.
        del self.libraries[target]
        self.libraries[target] = library

    def _check_library(self, document: Document, name: At[str]) -> None:
        for key in _NOT_IN_LIBRARY:
            if not getattr(document, key):
                continue
            self.report.add(
                "IMS223",
                f"a library holds no `{key}`: found in `{name.value}`",
                document.keys.get(key, document.span),
                labels=(Label(name.span, "included as a library here"),),
                help=f"include it as a group, `activities: {{team: {{include: {name.value}}}}}`",
            )

    # -- paths -------------------------------------------------------------------------------

    def _show(self, path: Path) -> str:
        return str(self.shown_folder / path.relative_to(self.folder))

    def _target(self, name: At[str], source: Path, chain: tuple[Path, ...]) -> Path | None:
        """Return the file an include names, inside the root's folder and in no circle."""
        text = name.value
        foreign = PureWindowsPath(text)
        if "://" in text or foreign.is_absolute() or foreign.drive or text.startswith(("/", "~")):
            self._refuse(name, "expected a path relative to this file")
            return None
        target = (source.parent / Path(*text.replace("\\", "/").split("/"))).resolve()
        if not target.is_relative_to(self.folder):
            self._refuse(name, f"it lies outside the plan's folder `{self.shown_folder}`")
            return None
        if target not in self.texts and not target.is_file():
            near = sorted(
                str(one.relative_to(source.parent))
                for one in source.parent.glob(f"**/{target.name}")
                if one.is_file()
            )[:1]
            self.report.add(
                "IMS220",
                f"the file `{text}` does not exist",
                name.span,
                help=f"did you mean `{near[0]}`?" if near else "",
            )
            return None
        if target in chain:
            circle = [*chain[chain.index(target) :], target]
            shown = " -> ".join(f"`{self._show(one)}`" for one in circle)
            self.report.add("IMS222", f"the files include each other: {shown}", name.span)
            return None
        return target

    def _refuse(self, name: At[str], why: str) -> None:
        self.report.add("IMS221", f"`{name.value}` cannot be included: {why}", name.span)

    def _size(self, path: Path, shown: str) -> int:
        if path in self.texts:
            return len(self.texts[path].encode())
        try:
            return path.stat().st_size
        except OSError as error:
            raise UsageError(f"`{shown}` cannot be read: {error.strerror}") from error

    def _document(self, path: Path, shown: str, span: Span | None) -> Document | None:
        """Return a file's document; a file included twice is read once."""
        if path in self.documents:
            return self.documents[path]
        self.total += self._size(path, shown)
        if self.total > TOTAL_LIMIT:
            self.report.add(
                "IMS225",
                f"the files of the plan have more than {TOTAL_LIMIT // 1_000_000} MB in all",
                span,
            )
            return None
        self.files[path] = None
        self.documents[path] = self.reader(path, shown, self.report)
        return self.documents[path]

    # -- settings ----------------------------------------------------------------------------

    def _setting(self, document: Document, outer: Setting) -> Setting:
        """Return the settings of a file; what it does not say is as in the file around it."""
        zone = outer.zone
        if document.timezone is not None:
            zone = ZoneInfo(document.timezone.value)
        day, week, month = outer.day, outer.week, outer.month
        if document.day is not None:
            day = self._length(document.day, Setting(zone))
        if document.week is not None or document.day is not None:
            week = 5 * day
        if document.month is not None or document.day is not None:
            month = 20 * day
        if document.week is not None:
            week = self._length(document.week, Setting(zone, day))
        if document.month is not None:
            month = self._length(document.month, Setting(zone, day, week))
        return Setting(zone, day, week, month)

    def _length(self, raw: At[RawDuration], setting: Setting) -> int:
        found = whole_minutes(raw.value, raw.span, setting, self.report)
        if found > 0:
            return found
        self.report.add("IMS321", "expected a length above zero", raw.span, help="write `8h`")
        return 480
