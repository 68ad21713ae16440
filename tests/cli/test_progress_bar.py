"""The bar while large files are read: at a terminal, on stderr, after a second, and gone at the end."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.cli import progress
from xicen_kpi.plan.load import load_plan
from xicen_kpi.read import open_drop

if TYPE_CHECKING:
    from pathlib import Path

IMPATIENT = """
from xicen_kpi.cli import progress, run
progress._PATIENCE = progress._EVERY = 0.05
run()
"""
"""The program with a bar that comes soon: how long reading takes is not for a test to say."""

HEADER = "统一社会信用代码,报告期,工业总产值;本年-1—本月;千元\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    rows = "".join(f"91310118YL{n % 300_000:08d},2026-{n // 300_000 + 2:02d},{n}.5\n" for n in range(2_000_000))
    (folder / "B203_2026年.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def at_a_terminal(words: list[str], interrupt_at: bytes | None = None) -> tuple[int, bytes, bytes]:
    """Exit code, stdout in a pipe, and what a terminal behind stderr is sent."""
    ours, theirs = pty.openpty()
    around = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, *words], stdout=subprocess.PIPE, stderr=theirs, env=around
    )
    os.close(theirs)
    seen, out = bytearray(), bytearray()

    def listen() -> None:
        assert process.stdout is not None
        with process.stdout as stdout:
            out.extend(stdout.read())

    listener = threading.Thread(target=listen)
    listener.start()
    until = time.monotonic() + 120
    try:
        while time.monotonic() < until:
            try:
                piece = os.read(ours, 2**16)
            except OSError:  # Linux says so when the other side is closed
                break
            if not piece:
                break
            seen += piece
            if interrupt_at is not None and interrupt_at in seen:
                process.send_signal(signal.SIGINT)
                interrupt_at = None
        code = process.wait(60)
    finally:
        process.kill()
        listener.join()
        os.close(ours)
    return code, bytes(out), bytes(seen)


def test_a_bar_at_a_terminal_and_none_of_it_in_the_output(data: Path, targets: Path) -> None:
    words = ["report", str(data), "-t", str(targets), "--format", "text"]
    code, out, seen = at_a_terminal(words)
    assert code == 0
    assert b"MB" in seen
    assert b"\x1b" not in out
    assert seen.rstrip().endswith((b"\x1b[2K", b"\x1b[?25h")), seen[-200:]
    quiet = at_a_terminal([*words, "-q"])
    assert (quiet[0], quiet[1], quiet[2]) == (0, out, b"")


def test_comparing_shows_one_bar_for_both_folders(data: Path, targets: Path) -> None:
    words = ["compare", str(data), str(data), "-t", str(targets)]
    code, out, seen = at_a_terminal(words)
    assert code == 0
    both = 2 * sum(path.stat().st_size for path in data.iterdir())
    assert f"/{both / 1e6:.1f} MB".encode() in seen
    assert b"\x1b" not in out
    assert at_a_terminal([*words, "-q"]) == (0, out, b"")


def test_an_interrupt_while_the_bar_is_shown_is_130_and_takes_it_away(data: Path, targets: Path) -> None:
    code, out, seen = at_a_terminal(["check", str(data), "-t", str(targets)], interrupt_at=b"MB")
    assert code == 130
    assert out == b""
    assert b"Traceback" not in seen
    assert seen.rstrip().endswith((b"\x1b[2K", b"\x1b[?25h")), seen[-200:]


def test_no_bar_in_a_pipe(data: Path, targets: Path) -> None:
    words = [sys.executable, "-m", "xicen_kpi", "report", str(data), "-t", str(targets), "--format", "json"]
    done = subprocess.run(words, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_all_bytes_are_counted_once(data: Path, sample_data: Path, targets: Path) -> None:
    for folder in (data, sample_data):
        drop = open_drop(folder, load_plan(targets).plan.sources)
        told: list[int] = []
        drop.told = told.append
        for source_id in drop.sources:
            for _ in drop.stream(source_id).chunks():
                pass
        assert sum(told) == sum(path.stat().st_size for files in drop.files.values() for path in files)
        assert min(told) > 0


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.5, 0.9, 1.2, 1.25, 1.4])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(now))
    shown: list[float] = []
    monkeypatch.setattr(progress._Bar, "_show", lambda self: shown.append(self.seen))
    bar = progress._Bar(100, begun=0.0)
    for _ in range(5):
        bar.advance(10)
    assert shown == [1.2, 1.4]
