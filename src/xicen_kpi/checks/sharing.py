"""Work on bands shared out to processes: what one processor does in ten seconds, two do in five.

A share is worked on in a copy of this process (`fork`), which sees all that has been read without a byte of it being
copied or sent; what comes back is small. Where a system cannot make such copies everything is done here.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

CAN_SHARE = hasattr(os, "fork") and sys.platform != "darwin"
"""Not on Windows, which has no `fork`, and not on macOS, whose own libraries do not survive one."""


def shared(number: int, jobs: int, work: Callable[[Sequence[int]], Result]) -> list[Result]:
    """What comes of work on some bands at a time, share by share.

    Args:
        number: How many bands there are.
        jobs: How many processes work on them, this one included.
        work: Takes the numbers of some bands, at least of one; what comes of it is pickled if it comes from another.
    """
    shares = [range(first, number, jobs) for first in range(min(jobs, number))]
    if len(shares) < 2 or not CAN_SHARE:
        return [work(range(number))] if number else []
    context = get_context("fork")
    others = []
    try:
        for share in shares[1:]:
            here, there = context.Pipe(duplex=False)
            other = context.Process(target=_send, args=(work, share, there), daemon=True)
            others.append((other, here))
            with warnings.catch_warnings():
                # Threads are left by libraries, which wait for work; none of ours is on its way.
                warnings.filterwarnings("ignore", ".*multi-threaded.*", DeprecationWarning)
                other.start()
            there.close()
        found = [work(shares[0])]
        for (_, here), share in zip(others, shares[1:], strict=True):
            try:
                found.append(here.recv())
            except EOFError:  # it could not, or was not let: then it is done here, and what is wrong shows itself
                found.append(work(share))
        return found
    finally:
        for other, here in others:
            here.close()
            if other.pid is not None:
                other.terminate()
                other.join()


def _send(work: Callable[[Sequence[int]], Any], share: Sequence[int], there: Connection) -> None:
    """In the copy: works, sends what came of it, and is gone without touching what the two have in common."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the one that was asked
    try:
        there.send(work(share))
        there.close()
    finally:
        os._exit(0)
