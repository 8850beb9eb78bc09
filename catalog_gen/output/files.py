# Single new files outside of the site: what `init` leaves behind.

from __future__ import annotations

from pathlib import Path

from catalog_gen.output.model import OutputError


def write_new_file(path: Path, text: str) -> None:
    """Writes a text file that does not exist yet, with its folders.

    Raises:
        OutputError: something stands there already, or the system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
