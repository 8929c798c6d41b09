"""Memory given out by the C library holds nothing of what lay there before."""

from __future__ import annotations

import ctypes
import platform

import pytest

from retrieval.fresh_memory import fill_new_memory

SIZE = 4096


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can fill what it gives out")
def test_words_that_lay_in_freed_memory_are_gone_when_it_is_given_out_again():
    assert fill_new_memory()
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    places = [library.malloc(SIZE) for _ in range(16)]
    for place in places:
        ctypes.memset(place, ord("q"), SIZE)
    for place in places:
        library.free(place)
    again = [library.malloc(SIZE) for _ in range(16)]
    assert not any(b"qqqqqqqq" in ctypes.string_at(place, SIZE) for place in again)
    for place in again:
        library.free(place)
