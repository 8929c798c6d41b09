"""New memory that holds no leftovers, so that what native code writes to disk unfilled tells nothing.

Owns: one setting of the C library. Must not know: Chroma, texts. Chroma's vector files are padded with
memory that was never filled; without this, words that the process read earlier can lie in that padding.
"""

from __future__ import annotations

import ctypes

#: glibc's `M_PERTURB` (malloc.h, mallopt(3)): memory is filled with the value when given out and taken back.
_M_PERTURB = -6
_FILL = 0xA5


def fill_new_memory() -> bool:
    """Let the C library fill memory it gives out; whether it can (glibc does, others are left as they are)."""
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_PERTURB, _FILL))
    except (AttributeError, OSError):
        return False
