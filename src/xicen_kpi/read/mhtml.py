"""Web archives (MHTML), which spreadsheet programs write as "single file web page", often under the name .xls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = b"MIME-Version:"


def looks_like_archive(data: bytes) -> bool:
    """Whether a file is a web archive, by how it begins."""
    return data[:200].lstrip().startswith(_START)


def archived_pages(data: bytes) -> Iterator[bytes]:
    """The pages of the archive; pictures, styles and what lies outside are left alone."""
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        for part in message_from_bytes(data).walk():
            page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(page, bytes):
                yield page
    except (MessageError, ValueError, RecursionError):
        return
