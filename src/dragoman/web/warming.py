"""Finds stories and occurrences of a version in a process of its own, so that pages go on.

``python -m dragoman.web.warming FOLDER VERSION`` leaves both in the archive's ``cache``, where
whoever asks for them next takes them from.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from dragoman.archive import Archive

MANY: Final = 500  # documents; fewer take less time than a process needs to start


def warm(folder: Path, version: int) -> None:
    """Run the process and wait for it; that it fails is found out when the links are asked for."""
    command = [sys.executable, "-m", "dragoman.web.warming", str(folder), str(version)]
    with suppress(OSError):
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True)


def main(arguments: list[str]) -> None:
    """Compute both, at the lowest priority."""
    if hasattr(os, "nice"):
        os.nice(15)
    folder, version = arguments
    archive = Archive(folder, version=int(version))
    archive.stories()
    archive.occurrences()


if __name__ == "__main__":
    main(sys.argv[1:])
