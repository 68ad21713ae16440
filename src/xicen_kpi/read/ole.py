"""Legacy .xls containers: what a reader of cells needs put right first.

Two things are put right, in the bytes of the file, before a reader of cells sees them:
- a workbook encrypted with Excel's built-in password, which Excel opens without asking (RC4; [MS-XLS] 2.2.10);
- a code page record that contradicts BIFF8, whose texts are always Unicode: readers that believe it return mojibake.
"""

from __future__ import annotations

import hashlib
import struct
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUILT_IN_PASSWORD = "VelvetSweatshop"  # noqa: S105 -- it is printed in Microsoft's own specification
_END = 0xFFFFFFFA
_BLOCK = 1024
_BOF, _FILEPASS, _CODEPAGE, _BOUNDSHEET, _IGNORED = 0x809, 0x2F, 0x42, 0x85, 0x55
_NEVER_ENCRYPTED = frozenset({_BOF, _FILEPASS, 0x194, 0x195, 0xE1, 0x196, 0x138})
_UNICODE = 1200

Key = "Callable[[int], bytes]"
"""Block number to the key of that block."""


class OleFault(StrEnum):
    """Why a container cannot be put right."""

    BROKEN = "broken"
    PASSWORD = "password"  # noqa: S105 -- the name of a fault
    NO_WORKBOOK = "no_workbook"


class OleError(ValueError):
    """The container cannot be put right."""

    def __init__(self, fault: OleFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def mended(data: bytes) -> bytes:
    """The same file with a readable workbook stream.

    Raises:
        OleError: It is no workbook, is cut off, or has a password of its own.
    """
    try:
        sectors = _workbook_sectors(data)
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        if not sectors:  # a stream as short as this lies elsewhere, and has nothing to be mended
            return data
        stream = b"".join(data[start : start + size] for start in sectors)
        changed = _mended_stream(stream)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise OleError(OleFault.BROKEN) from error
    if changed == stream:
        return data
    whole = bytearray(data)
    for number, start in enumerate(sectors):
        piece = changed[number * size : (number + 1) * size]
        whole[start : start + len(piece)] = piece
    return bytes(whole)


def _workbook_sectors(data: bytes) -> list[int]:
    """Offsets in the file of the workbook stream's sectors ([MS-CFB] 2)."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in {512, 4096}:
        raise OleError(OleFault.BROKEN)
    directory, cutoff, next_list = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 68))
    table = _allocation_table(data, size, next_list)
    entries = b"".join(data[start : start + size] for start in _chain(table, directory, size))
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        if 2 < length <= 64:
            name = entries[at : at + length - 2].decode("utf-16-le")
            found[name] = struct.unpack_from("<II", entries, at + 116)
    if "EncryptedPackage" in found:
        raise OleError(OleFault.PASSWORD)
    if not {"Workbook", "Book"} & found.keys():
        raise OleError(OleFault.NO_WORKBOOK)
    first, length = found.get("Workbook") or found["Book"]
    return _chain(table, first, size) if length >= cutoff else []


def _allocation_table(data: bytes, size: int, next_list: int) -> list[int]:
    numbers = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while next_list < _END and next_list not in seen:
        seen.add(next_list)
        *more, next_list = struct.unpack_from(f"<{size // 4}I", data, (next_list + 1) * size)
        numbers += more
    table: list[int] = []
    for number in numbers:
        if number < _END:
            table += struct.unpack_from(f"<{size // 4}I", data, (number + 1) * size)
    return table


def _chain(table: list[int], first: int, size: int) -> list[int]:
    starts: list[int] = []
    while first < _END:
        if len(starts) > len(table):
            raise OleError(OleFault.BROKEN)
        starts.append((first + 1) * size)
        first = table[first]
    return starts


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start of the content and its length, record by record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return
        yield kind, at + 4, length
        at += 4 + length


def _mended_stream(stream: bytes) -> bytes:
    version = struct.unpack_from("<HHH", stream, 0)
    if version[0] != _BOF or version[2] != 0x600:
        return stream
    changed = bytearray(stream)
    for kind, start, length in _records(stream):
        if kind == _FILEPASS:
            changed = bytearray(_decrypted(stream, stream[start : start + length]))
            struct.pack_into("<H", changed, start - 4, _IGNORED)
            break
        if kind not in {_BOF, _CODEPAGE, 0xE1, 0xC1, 0xE2, 0x5C, 0x86}:
            break
    for kind, start, _ in _records(bytes(changed[:65536])):
        if kind == _CODEPAGE:
            struct.pack_into("<H", changed, start, _UNICODE)
            break
    return bytes(changed)


def _decrypted(stream: bytes, filepass: bytes) -> bytes:
    key = _key_maker(filepass, BUILT_IN_PASSWORD)
    blocks = range((len(stream) + _BLOCK - 1) // _BLOCK)
    plain = b"".join(rc4(key(block), stream[block * _BLOCK : (block + 1) * _BLOCK]) for block in blocks)
    whole = bytearray(plain)
    for kind, start, length in _records(stream):
        open_part = length if kind in _NEVER_ENCRYPTED else 4 if kind == _BOUNDSHEET else 0
        whole[start - 4 : start + open_part] = stream[start - 4 : start + open_part]
    return bytes(whole)


def _key_maker(filepass: bytes, password: str) -> Callable[[int], bytes]:
    """The keys of the blocks for this password, if it is the right one ([MS-OFFCRYPTO] 2.3.5.2 and 2.3.6.2)."""
    kind, major, minor = struct.unpack_from("<HHH", filepass, 0)
    if kind == 1 and (major, minor) == (1, 1):
        salt, verifier, proof = filepass[6:22], filepass[22:38], filepass[38:54]
        key, digest = _md5_keys(password, salt), hashlib.md5
    elif kind == 1 and major in {2, 3, 4} and minor == 2:
        header = struct.unpack_from("<I", filepass, 10)[0]
        bits = struct.unpack_from("<I", filepass, 14 + 16)[0] or 40
        rest = filepass[14 + header :]
        salt, verifier, proof = rest[4:20], rest[20:36], rest[40:60]
        key, digest = _sha1_keys(password, salt, bits), hashlib.sha1
    else:
        raise OleError(OleFault.PASSWORD)
    opened = rc4(key(0), verifier + proof)
    if digest(opened[:16]).digest() != opened[16:]:
        raise OleError(OleFault.PASSWORD)
    return key


def _md5_keys(password: str, salt: bytes) -> Callable[[int], bytes]:
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]  # noqa: S324 -- what the format prescribes
    second = hashlib.md5((first + salt) * 16).digest()[:5]  # noqa: S324
    return lambda block: hashlib.md5(second + struct.pack("<I", block)).digest()  # noqa: S324


def _sha1_keys(password: str, salt: bytes, bits: int) -> Callable[[int], bytes]:
    first = hashlib.sha1(salt + password.encode("utf-16-le")).digest()  # noqa: S324 -- what the format prescribes
    length = bits // 8

    def key(block: int) -> bytes:
        own = hashlib.sha1(first + struct.pack("<I", block)).digest()[:length]  # noqa: S324
        return own.ljust(16, b"\0") if bits == 40 else own

    return key


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4 of the data: the same function encrypts and decrypts (RFC 6229 has vectors)."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    i = j = 0
    stream = bytearray(len(data))
    for at in range(len(data)):
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        stream[at] = box[(box[i] + box[j]) & 255]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")
