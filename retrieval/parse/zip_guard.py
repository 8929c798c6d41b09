"""What a zip-based file unpacks to, checked before any part of it is read.

Owns: the checks against zip bombs, endless XML entities and damaged parts. Must not know: what the parts mean.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from retrieval.parse.errors import DecompressionBomb, EncryptedDocument, TruncatedDocument
from retrieval.parse.limits import MIB, ParseLimits

_STEP = 1 << 20
_MOST_PARTS = 10_000
#: Below this much unpacked data the ratio is not asked: empty templates pack very well.
_RATIO_FROM = 10 * MIB


def check_zip(data: bytes, name: str, limits: ParseLimits) -> None:
    """Check the directory's sizes, then unpack every part once, counting only.

    Raises:
        DecompressionBomb: more parts, bytes or a higher ratio than allowed, or a part that declares XML entities.
        EncryptedDocument: a part asks for a password.
        TruncatedDocument: a part is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, len(data), name, limits)
            _check_parts(archive, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise TruncatedDocument(f"“{name}” is cut off or damaged ({error}); export or download it again.") from error


def _check_directory(archive: zipfile.ZipFile, size: int, name: str, limits: ParseLimits) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedDocument(f"“{name}” asks for a password; save a copy without one and upload that.")
    ratio = total / max(size, 1)
    if (
        len(parts) > _MOST_PARTS
        or total > limits.max_unpacked_bytes
        or (total > _RATIO_FROM and ratio > limits.max_ratio)
    ):
        raise _bomb(name, f"{len(parts)} parts of {total / MIB:.0f} MiB in all, {ratio:.0f} times its size", limits)


def _check_parts(archive: zipfile.ZipFile, name: str, limits: ParseLimits) -> None:
    total = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            head = stream.read(_STEP)
            if part.filename.endswith((".xml", ".rels")) and b"<!ENTITY" in head:
                raise _bomb(name, f"XML entities, in its part “{part.filename}”,", limits)
            size = len(head)
            while chunk := stream.read(_STEP):
                size += len(chunk)
                if total + size > limits.max_unpacked_bytes:
                    break
        total += size
        if total > limits.max_unpacked_bytes:
            raise _bomb(name, f"more than {limits.max_unpacked_bytes / MIB:.0f} MiB", limits)


def _bomb(name: str, what: str, limits: ParseLimits) -> DecompressionBomb:
    return DecompressionBomb(
        f"“{name}” unpacks to {what} where at most {limits.max_unpacked_bytes / MIB:.0f} MiB and "
        f"{limits.max_ratio} times its size are allowed; save it again without embedded files, or export it as PDF."
    )
