"""Write the made-up sample exports of a park: `python sample_data/generate.py [DIR]`, by default beside this file."""

from __future__ import annotations

import sys
from pathlib import Path

from make.flows import make_books
from make.forms import write_finance, write_output, write_research, write_wholesale
from make.frame import enterprises
from make.ledgers import write_ledgers
from make.park import write_list, write_monthly_sheet, write_torch


def generate(folder: Path) -> None:
    """Write all files into the folder; the same bytes on every run."""
    folder.mkdir(parents=True, exist_ok=True)
    firms = enterprises()
    books = make_books(firms)
    write_list(folder, firms)
    write_output(folder, firms, books)
    write_finance(folder, firms, books)
    write_wholesale(folder, firms, books)
    write_research(folder, firms, books)
    write_monthly_sheet(folder, firms, books)
    write_torch(folder, firms, books)
    write_ledgers(folder, firms)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
