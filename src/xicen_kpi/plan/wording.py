"""Texts as they are compared: copies of one document differ in white space, width, dashes and quotation marks."""

from __future__ import annotations

import re
import unicodedata

_ALIKE = str.maketrans({**dict.fromkeys("“”„「」", '"'), **dict.fromkeys("‘’", "'")})
_DASHES = re.compile("[-‐‑‒–—―－]+")


def plain(text: str) -> str:
    """A text as it is compared: NFKC, no white space, one sort of dash and quotation mark."""
    narrow = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    return _DASHES.sub("-", "".join(narrow.split()))
