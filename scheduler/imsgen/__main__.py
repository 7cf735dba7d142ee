"""`python -m imsgen` is `imsgen`."""

from __future__ import annotations

from imsgen.cli.main import main

if __name__ == "__main__":
    main()
