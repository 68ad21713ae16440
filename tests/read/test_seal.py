"""Sum and soundness of a file's bytes: the same as of all of them at once, wherever the parts are cut."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.read import seal

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "第1号公司,𠀀,a\n" * 7


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_first_broken_byte_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(seal, "_STEP", 16)
    monkeypatch.setattr(seal, "_PART", 5)
    whole = TEXT.encode(encoding)
    path = tmp_path / "a.csv"
    for at in range(len(whole) + 1):
        for data in (whole[:at] + b"\xff" + whole[at:], whole[:at]):
            path.write_bytes(data)
            broken_at = None
            try:
                data.decode(encoding)
            except UnicodeDecodeError as error:
                broken_at = error.start
            assert seal.seal_of(path, encoding) == (sha256(data).hexdigest(), broken_at)
