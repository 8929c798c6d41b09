"""How far a PDF's packed streams unpack, found without keeping what is unpacked.

Owns: the check against PDF decompression bombs. Must not know: what the streams say.
"""

from __future__ import annotations

import re
import zlib

from retrieval.parse.errors import DecompressionBomb
from retrieval.parse.limits import MIB, ParseLimits

_STREAM = re.compile(rb"stream\r?\n")
_STEP = 1 << 20


def check_streams(data: bytes, name: str, limits: ParseLimits) -> None:
    """Unpack every deflated stream that is not an image, counting only.

    Raises:
        DecompressionBomb: together they exceed the limit.
    """
    total = 0
    for match in _STREAM.finditer(data):
        header = data[max(match.start() - 400, 0) : match.start()].rsplit(b" obj", 1)[-1]
        if data[match.start() - 3 : match.start()] == b"end" or b"FlateDecode" not in header:
            continue
        if b"/Image" in header and header.count(b"FlateDecode") < 2:
            continue
        total += _unpacked(memoryview(data)[match.end() :], limits.max_unpacked_bytes - total)
        if total > limits.max_unpacked_bytes:
            raise DecompressionBomb(
                f"“{name}” unpacks to more than {limits.max_unpacked_bytes / MIB:.0f} MiB; "
                "print it to a new PDF and upload that."
            )


def _unpacked(packed: memoryview, allowed: int) -> int:
    """Bytes a stream unpacks to; stops soon after `allowed`. A damaged stream counts as far as it goes."""
    inflate = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = packed
    while rest and size <= allowed and not inflate.eof:
        try:
            size += len(inflate.decompress(rest, _STEP))
        except zlib.error:
            break
        rest = inflate.unconsumed_tail
    return size
