"""What a change to the files of a folder needs, so that it survives a loss of power."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Sync the folder, because a file's new name survives a power cut only after that."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
