"""Finds stories and occurrences of a version in a process of its own, so that pages go on.

``python -m dragoman.web.warming FOLDER VERSION`` leaves both in the archive's ``cache``, where
whoever asks for them next takes them from.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from dragoman.archive import Archive

_LOOK: Final = 1.0  # seconds
MANY: Final = 500  # documents; fewer take less time than a process needs to start


def warm(folder: Path, version: int) -> None:
    """Run the process and wait for it; that it fails is found out when the links are asked for."""
    command = [sys.executable, "-m", "dragoman.web.warming", str(folder), str(version)]
    with suppress(OSError):
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True)


def main(arguments: list[str]) -> None:
    """Compute both, at the lowest priority, as long as the pages are there."""
    if hasattr(os, "nice"):
        os.nice(15)
    threading.Thread(target=leave_after, args=(os.getppid(),), daemon=True).start()
    folder, version = arguments
    archive = Archive(folder, version=int(version))
    archive.stories()
    archive.occurrences()


def leave_after(parent: int) -> None:
    """End the process once its parent has ended: nobody waits for what it finds then."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)  # what it writes it writes whole or not at all


if __name__ == "__main__":
    main(sys.argv[1:])
