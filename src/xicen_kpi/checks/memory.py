"""Memory that is free again goes back to the system: glibc keeps an eighth of a gigabyte of what reading took."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Hands free memory back, in some milliseconds; does nothing where the C library is another one."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return
