"""Files appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from imsgen.errors import UsageError


def write_file(path: Path, content: bytes | str) -> Path:
    """Write a file beside its place and rename it there; text becomes UTF-8 with LF.

    The folder is made when it is missing. An existing file is replaced in one step, so a reader
    never sees half of it, and stays as it was when writing fails.

    Raises
    ------
    UsageError
        If the file or its folder cannot be written, for example because Excel has it open.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except PermissionError:
        raise UsageError(
            f"`{path}` cannot be written: it is write-protected or open in another program"
        ) from None
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"`{path}` cannot be written: `{path.parent}` is not a folder") from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror or error}") from None
    return path


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Replace several files together: all of them, or none.

    Each is written in full beside its place before the first is renamed; where renaming one
    fails, those before it get their former bytes back.

    Raises
    ------
    UsageError
        If one cannot be written; then every file is as it was.
    """
    former = {path: path.read_bytes() if path.exists() else None for path in contents}
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.new") for path in contents}
    done: list[Path] = []
    at = next(iter(contents), Path())
    try:
        for at, content in contents.items():
            at.parent.mkdir(parents=True, exist_ok=True)
            beside[at].write_bytes(content)
            if former[at] is not None:
                shutil.copymode(at, beside[at])
        for at, ready in beside.items():
            ready.replace(at)
            done.append(at)
    except OSError as error:
        for path in done:
            before = former[path]
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_file(path, before)
        reason = error.strerror or str(error)
        raise UsageError(f"`{at}` cannot be written: {reason}; nothing was changed") from None
    finally:
        for path in beside.values():
            path.unlink(missing_ok=True)
