"""How results reach the terminal: JSON, tables and progress."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

__all__ = ["print_json", "print_line", "print_table", "progress_bar"]


def print_json(value: Any) -> None:
    """Print a result as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_line(text: str = "") -> None:
    """Print one line as it is, data being text and never markup."""
    print(text)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> None:
    """Print a table; on a pipe it is not squeezed to the width of a terminal.

    Parameters
    ----------
    columns
        Headings.
    rows
        Cells; None is printed as "not found".
    right
        Numbers of the columns set flush right.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    flush = set(right)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(Text(name), justify="right" if number in flush else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("not found" if cell is None else str(cell)) for cell in row))
    console.print(table)


@contextmanager
def progress_bar(total: int, title: str) -> Iterator[Any]:
    """Show progress on stderr while a long job runs; yields a function that takes one line of text a step."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=total)

        def step(text: str) -> None:
            progress.update(task, advance=1, description=Text(text).markup)

        yield step
