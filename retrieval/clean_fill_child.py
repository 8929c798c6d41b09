"""The process that fills a new index folder: `python -m retrieval.clean_fill_child FOLDER EMBEDDER < rows`.

Owns: that command. Must not know: where the rows come from.
"""

from __future__ import annotations

import sys
from pathlib import Path

from retrieval.clean_fill import unpack_rows
from retrieval.index import fill_folder

if __name__ == "__main__":
    fill_folder(Path(sys.argv[1]), sys.argv[2], unpack_rows(sys.stdin.buffer.read()))
