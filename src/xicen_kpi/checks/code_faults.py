"""What is wrong with unit codes, many at a time: characters, check characters (GB 32100, GB 11714), old codes.

The eighteen characters of every code stand in a matrix of bytes; a check is a product with its weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.read.codes import ORGANISATION_WEIGHTS, USCC_ALPHABET, USCC_WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FULL, _OLD = 18, (9, 15)
_AT_ONCE = 2**15
"""Codes in a matrix, which takes some 300 bytes for each."""
_INNER = slice(8, 16)
_INNER_CHECK = 16
_ORGANISATION_CHECKS = np.frombuffer(b"0X987654321", dtype=np.uint8)
"""Check character of an organisation code by the weighted sum's remainder of 11: 11 − remainder, 10 as X, 11 as 0."""


def _numbers(alphabet: str) -> NDArray[np.int64]:
    """Number of each byte in an alphabet; -1 for what it has not."""
    found = np.full(256, -1, dtype=np.int64)
    found[np.frombuffer(alphabet.encode(), dtype=np.uint8)] = np.arange(len(alphabet))
    return found


_OF_USCC = _numbers(USCC_ALPHABET)
_OF_BASE_36 = _numbers("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def faults_of(codes: NDArray[Any] | Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """Which codes are wrong, by rule; each has one fault at most.

    Args:
        codes: Codes as the reader gives them: ASCII, upper case.
    """
    some = [_faults_of(codes[start : start + _AT_ONCE]) for start in range(0, max(len(codes), 1), _AT_ONCE)]
    return {slug: np.concatenate([one[slug] for one in some]) for slug in some[0]}


def _faults_of(codes: NDArray[Any] | Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    texts = np.asarray(codes, dtype=str)
    lengths = np.char.str_len(texts)
    full = np.flatnonzero(lengths == _FULL)
    cells = texts[full].astype(f"S{_FULL}").view(np.uint8).reshape(-1, _FULL)
    own, inner = _OF_USCC[cells], _OF_BASE_36[cells]
    foreign = (own < 0).any(axis=1)
    check = own[:, -1] == -(own[:, :-1] @ np.array(USCC_WEIGHTS)) % len(USCC_ALPHABET)
    remainder = inner[:, _INNER] @ np.array(ORGANISATION_WEIGHTS) % 11
    inner_check = cells[:, _INNER_CHECK] == _ORGANISATION_CHECKS[remainder]
    return {
        "code-alphabet": _spread(full[foreign], len(texts)),
        "code-check-character": _spread(full[~foreign & ~(check & inner_check)], len(texts)),
        "code-old": np.isin(lengths, _OLD),
    }


def any_fault(codes: NDArray[Any] | Sequence[str]) -> NDArray[np.bool_]:
    """Which codes can stand on no list, whatever their fault."""
    found: NDArray[np.bool_] = np.logical_or.reduce(list(faults_of(codes).values()))
    return found


def _spread(places: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, dtype=np.bool_)
    found[places] = True
    return found
