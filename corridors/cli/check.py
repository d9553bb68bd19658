"""`corridors check`: every fault of an atlas."""

from pathlib import Path
from typing import Annotated

import typer

from corridors.cli.options import Json
from corridors.cli.output import print_json, print_line

__all__ = ["check"]


def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder of an atlas; the shipped one by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Report each fault with file, row, field, value and remedy; exit 1 where there is one."""
    from geodata import check_atlas

    faults = check_atlas(folder)
    if json:
        names = ("file", "row", "field", "value", "problem", "remedy")
        plain = [{name: getattr(fault, name) for name in names} for fault in faults]
        print_json({"schema_version": 1, "faults": plain})
    else:
        for fault in faults:
            print_line(str(fault))
        print_line(f"{len(faults)} fault{'' if len(faults) == 1 else 's'} found.")
    raise typer.Exit(1 if faults else 0)
