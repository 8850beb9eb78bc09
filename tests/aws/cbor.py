# As much of CBOR (RFC 8949) as a local endpoint has to write. Reading is left to botocore, which brings a reader.

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import datetime
from types import NoneType
from typing import Any

from botocore.parsers import RpcV2CBORParser

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_EPOCH_TAG = 1
_SIMPLE_VALUES = {False: b"\xf4", True: b"\xf5", None: b"\xf6"}


def dump_cbor(value: Any) -> bytes:
    """A value of JSON's kinds, or with bytes and times in it, as CBOR. Times are seconds under tag 1, as Smithy demands."""
    write = next(write for kind, write in _WRITERS if isinstance(value, kind))
    return write(value)


def load_cbor(data: bytes) -> Any:
    """The value in CBOR; ``ValueError`` or botocore's own errors where it is none."""
    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(data))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in range(4) if number < 1 << (8 << size))
    return bytes([major << 5 | 24 + size]) + number.to_bytes(1 << size, "big")


def _dump_integer(value: int) -> bytes:
    return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)


def _dump_map(value: Mapping[str, Any]) -> bytes:
    return _head(_MAP, len(value)) + b"".join(dump_cbor(key) + dump_cbor(item) for key, item in value.items())


# In this order, since True is an integer to Python.
_WRITERS: tuple[tuple[Any, Callable[[Any], bytes]], ...] = (
    (bool | NoneType, _SIMPLE_VALUES.__getitem__),
    (int, _dump_integer),
    (float, lambda value: b"\xfb" + struct.pack(">d", value)),
    (str, lambda value: _head(_TEXT, len(value.encode())) + value.encode()),
    (bytes, lambda value: _head(_BYTES, len(value)) + value),
    (datetime, lambda value: _head(_TAG, _EPOCH_TAG) + dump_cbor(value.timestamp())),
    (Mapping, _dump_map),
    (object, lambda value: _head(_ARRAY, len(value)) + b"".join(map(dump_cbor, value))),
)
