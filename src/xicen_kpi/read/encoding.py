"""The encoding of a text file by its own bytes: all of them, never a sample."""

from __future__ import annotations

import re
from typing import NamedTuple

from xicen_kpi.read.patterns import Pattern

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TASTE = 20_000
_COMMON = 0.7
"""Share of Chinese characters of a true GB18030 text that the 6763 common ones of GB 2312 make up, at least."""
_UTF8_WORDS = Pattern(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2,}")
"""At least two Chinese characters of UTF-8 side by side."""
_MOST_BROKEN = 0.1
"""Share of the lines that are no plain ASCII which may be broken before a file counts as no text at all."""
_USUAL = Pattern(r"[\t\r\n -~\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_MOST_UNUSUAL = 0.05


class Decoded(NamedTuple):
    """A text and the encoding it came in.

    Attributes:
        text: The whole text.
        encoding: Python's name of the encoding.
        cut: Whether the last character is cut off, as in a file that was not written to its end.
        doubtful: Whether it is GB18030 only because anything is: most of its characters are rare ones.
        broken_at: The first byte that is not of the encoding, in a file of which some lines are in another.
    """

    text: str
    encoding: str
    cut: bool = False
    doubtful: bool = False
    broken_at: int | None = None


def decode(data: bytes) -> Decoded | None:
    """The text of a file: by its byte order mark, else strict UTF-8, else GB18030; None if it is none of them.

    The whole file decides, never a sample: one Chinese name at the end of an ASCII file is enough to tell. UTF-16
    without a mark is known by its zero bytes. A file of which some lines are in another encoding, or broken, is read
    line by line, and it is told from which byte on.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding) or (_by_lines(data) if encoding == "utf-8-sig" else None)
    ended = data.rstrip(b"\0")
    if b"\0" in ended:
        return _utf16(data, "utf-16-le") or _utf16(data, "utf-16-be")
    if len(ended) < len(data):  # space that was set aside for the file and never filled
        found = decode(ended) if ended else None
        return found and found._replace(cut=True)
    utf8 = _try(data, "utf-8")
    if utf8 is not None:
        return utf8
    gb18030 = _try(data, "gb18030")
    return _by_lines(data) if gb18030 is None or _UTF8_WORDS.search(data) else gb18030


def _utf16(data: bytes, encoding: str) -> Decoded | None:
    """The text in UTF-16 without a mark, if it is made of the usual characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    taste = text[:_TASTE]
    unusual = len(taste) - len(_USUAL.findall(taste))
    return Decoded(text, encoding) if "\0" not in text and unusual <= _MOST_UNUSUAL * len(taste) else None


def _by_lines(data: bytes) -> Decoded | None:
    """A text of which each line is in UTF-8 or GB18030; None if there are too many lines that are neither."""
    places: dict[str, list[int]] = {"utf-8": [], "gb18030": [], "": []}
    texts: list[str] = []
    at = 0
    for line in data.splitlines(keepends=True):
        encoding = "utf-8" if line.isascii() else _encoding_of(line)
        if not line.isascii():
            places[encoding].append(at)
        texts.append(line.decode(encoding or "gb18030", "replace"))
        at += len(line)
    most = max(("utf-8", "gb18030"), key=lambda encoding: len(places[encoding]))
    others = [places[encoding][0] for encoding in places if encoding != most and places[encoding]]
    if len(places[""]) > max(1, _MOST_BROKEN * sum(map(len, places.values()))) or not places[most]:
        return None
    if not others:
        return _try(data, most)
    return Decoded("".join(texts), most, broken_at=min(others))


def _encoding_of(line: bytes) -> str:
    """UTF-8 where the line has words of it, else GB18030; empty if it is neither."""
    for encoding in ("utf-8", "gb18030") if _UTF8_WORDS.search(line) else ("gb18030", "utf-8"):
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4 or error.reason not in {"unexpected end of data", "truncated data"}:
            return None
        return Decoded(data[: error.start].decode(encoding), encoding, cut=True) if error.start else None
    return Decoded(text, encoding, doubtful=encoding == "gb18030" and _is_rare(text))


def _is_rare(text: str) -> bool:
    chinese = "".join(re.findall("[\u4e00-\u9fff]+", text[:_TASTE]))
    return len(chinese) >= 8 and len(chinese.encode("gb2312", "ignore")) < 2 * _COMMON * len(chinese)
