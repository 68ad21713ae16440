"""Columns of a Parquet file as raw cells, so that they are read by the same rules as the cells of any other file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.read.blocks import Parse
from xicen_kpi.read.cells import Cells, Repeated, Short, as_array
from xicen_kpi.read.spellings import WIDTH

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
"""A day in each unit of a timestamp."""
_FEW = 0.25
"""Share of different texts in a run of rows up to which they are handed on by their different values."""
_EXACT, _MOST_DIGITS = 2**53, 22
"""Whole numbers up to the one, and ten to the power of the other, are exact as float64."""


def misfit(kind: pa.DataType, how: Parse) -> str | None:
    """The name of a column's type where none of its cells can be what is wanted; None where they can."""
    import pyarrow as pa

    types = pa.types
    value = kind.value_type if types.is_dictionary(kind) else kind
    outside = (types.is_nested, types.is_duration, types.is_time, types.is_interval)
    no_amount = (types.is_boolean, types.is_date, types.is_timestamp)
    if isinstance(value, pa.BaseExtensionType) or any(test(value) for test in outside):
        return str(kind)
    return str(kind) if how is Parse.NUMBER and any(test(value) for test in no_amount) else None


def cells_of(column: pa.Array, how: Parse) -> Cells:
    """The cells of a run of rows; an empty text stands for null.

    Whole numbers that are not wanted as amounts are texts: a code keeps all its digits. A point in time is the day that
    it falls on in Beijing, whichever zone it was written in: midnights of any zone from there westwards keep their day.

    Raises:
        UnicodeDecodeError: Texts are neither UTF-8 nor GB18030.
    """
    import pyarrow as pa

    types, kind = pa.types, column.type
    if types.is_dictionary(kind):
        if len(column.dictionary) <= len(column) and _is_text(kind.value_type):
            return _by_value(column)
        return cells_of(column.dictionary_decode(), how)
    if types.is_null(kind):
        column, kind = column.cast(pa.string()), pa.string()
    if how is Parse.NUMBER and not _is_text(kind):
        return _finite(_floats(column))
    return _words(column, how)


def _words(column: pa.Array, how: Parse) -> Cells:
    """Codes, names, days and the like."""
    import pyarrow as pa

    types, kind = pa.types, column.type
    if types.is_date(kind) or types.is_timestamp(kind):
        return _days(column)
    if types.is_integer(kind):
        return _texts(column.cast(pa.string()), how)
    if types.is_decimal(kind):
        cells = _by_value(column.cast(pa.string()))
        return Repeated(cells.codes, [_shortened(text) for text in cells.values])
    return _texts(column, how) if _is_text(kind) else _by_value(column)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    types = pa.types
    tests = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary)
    return any(test(kind) for test in (*tests, types.is_string_view, types.is_binary_view, types.is_fixed_size_binary))


def _texts(column: pa.Array, how: Parse) -> Cells:
    """Texts one by one, or by their different values where these are few; codes as their bytes."""
    if how is Parse.CODE and (short := _short(column)) is not None:
        return short
    coded = column.dictionary_encode()
    if how is Parse.REPEATED or len(coded.dictionary) <= _FEW * len(column):
        return _by_value(coded)
    return as_array(["" if cell is None else cell for cell in _decoded(column)])


def _short(column: pa.Array) -> Short | None:
    """Codes that are all of one length; None where they are not, where one is missing or not of ASCII."""
    import pyarrow as pa

    is_large = pa.types.is_large_string(column.type)
    if column.null_count or not len(column) or not (is_large or pa.types.is_string(column.type)):
        return None
    _, ends, bytes_ = column.buffers()
    offsets = np.frombuffer(ends, dtype=np.int64 if is_large else np.int32)[column.offset :][: len(column) + 1]
    length = int(offsets[1] - offsets[0])
    if not 0 < length < WIDTH or (np.diff(offsets) != length).any():
        return None
    data = np.frombuffer(bytes_, dtype=np.uint8)[offsets[0] : offsets[-1]].reshape(-1, length)
    if not 0 < data.min() <= data.max() < 128:
        return None
    cells = np.zeros((len(column), WIDTH), dtype=np.uint8)
    cells[:, :length] = data
    return Short(cells.view(f"S{WIDTH}").ravel(), lambda some: [cell.decode() for cell in some])


def _by_value(column: pa.Array) -> Repeated:
    import pyarrow as pa

    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    codes = coded.indices.cast(pa.int32()).fill_null(-1).to_numpy()
    values = _decoded(coded.dictionary)
    return Repeated(codes, [*("" if value is None or value != value else value for value in values), ""])  # noqa: PLR0124 -- NaN


def _decoded(column: pa.Array) -> list[Any]:
    """The values as Python has them; old writers leave texts as bytes, and some of those are GB18030."""
    import pyarrow as pa

    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = column.cast(pa.large_binary()).to_pylist()
    if not any(isinstance(value, bytes) for value in values):
        return values
    try:
        return [value.decode() if isinstance(value, bytes) else value for value in values]
    except UnicodeDecodeError:
        return [value.decode("gb18030") if isinstance(value, bytes) else value for value in values]


def _shortened(text: str) -> str:
    """A decimal without the zeros behind its point: 913100.00 is the code 913100."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _floats(column: pa.Array) -> NDArray[np.float64]:
    import pyarrow as pa

    if pa.types.is_decimal(column.type):
        return _from_decimals(column)
    values: NDArray[np.float64] = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return values


def _from_decimals(column: pa.Array) -> NDArray[np.float64]:
    """The float64 nearest to each decimal, which is what reading its digits gives; Arrow's own cast is not always."""
    import pyarrow as pa

    scale = column.type.scale
    if pa.types.is_decimal128(column.type) and 0 <= scale <= _MOST_DIGITS and len(column):
        data = np.frombuffer(column.buffers()[1], dtype="<i8")[2 * column.offset : 2 * (column.offset + len(column))]
        low, high = data[0::2], data[1::2]
        missing = column.is_null().to_numpy(zero_copy_only=False)
        if (missing | ((high == low >> 63) & (np.abs(low) <= _EXACT))).all():
            return np.where(missing, np.nan, low / 10.0**scale)
    texts = column.cast(pa.string()).to_pylist()
    return np.array([np.nan if text is None else float(text) for text in texts], dtype=np.float64)


def _finite(values: NDArray[np.float64]) -> Cells:
    """Amounts; an infinite one is a word that the rules for cells then refuse."""
    if not np.isinf(values).any():
        return values
    return [str(value) if value in {np.inf, -np.inf} else value for value in values.tolist()]


def _days(column: pa.Array) -> Repeated:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_date32(kind):
        days = column.cast(pa.int32()).fill_null(0).to_numpy().astype(np.int64)
    else:
        day = _DAY["ms"] if pa.types.is_date64(kind) else _DAY[kind.unit]
        shift = 8 * day // 24 if pa.types.is_timestamp(kind) and kind.tz is not None else 0
        days = (column.cast(pa.int64()).fill_null(0).to_numpy() + shift) // day
    different, codes = np.unique(days, return_inverse=True)
    codes = np.where(column.is_null().to_numpy(zero_copy_only=False), -1, codes)
    return Repeated(codes, [*map(_day, different), ""])


def _day(number: np.int64) -> Any:  # noqa: ANN401 -- a date, or the text of one that no calendar of Python reaches
    day = np.datetime64(int(number), "D")
    return day.item() if isinstance(day.item(), date) else str(day)
