"""The child process: reads one file from standard input, writes its Document as JSON to standard output.

Owns: setting its own limits before anything else. Must not know: who started it.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace

from retrieval.parse import DEFAULT_LIMITS, parse_bytes
from retrieval.parse.errors import ParseMemory, UnreadableDocument
from retrieval.parse.limits import MIB
from retrieval.parse.transfer import dump_document, dump_error


def main(arguments: list[str]) -> None:
    """Arguments: file name, then the limits in the order of `ParseLimits` without `max_seconds`."""
    name = arguments[0]
    max_bytes, max_words, max_unpacked, max_ratio, max_memory = (int(number) for number in arguments[1:6])
    resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limits = replace(
        DEFAULT_LIMITS,
        max_bytes=max_bytes,
        max_words=max_words,
        max_unpacked_bytes=max_unpacked,
        max_ratio=max_ratio,
        max_memory_bytes=max_memory,
    )
    try:
        answer = dump_document(parse_bytes(sys.stdin.buffer.read(), name, limits))
    except UnreadableDocument as error:
        answer = dump_error(error)
    except MemoryError:
        answer = dump_error(memory_exceeded(name, max_memory))
    sys.stdout.write(answer)


def memory_exceeded(name: str, max_memory: int) -> ParseMemory:
    """The refusal for a file that needs too much memory."""
    return ParseMemory(
        f"Reading “{name}” needed more than the {max_memory // MIB} MiB of memory allowed; "
        "split it, or print it to a new PDF and upload that."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
