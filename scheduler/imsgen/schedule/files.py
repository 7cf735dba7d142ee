"""Files appear whole or not at all."""

from __future__ import annotations

import os
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
