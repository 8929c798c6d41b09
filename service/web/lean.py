"""Keeping torch out of the server: its reader works without, and it would cost 180 MB and seconds.

Owns: that one switch. Must not know: who needs torch elsewhere (the export and training, each in its own process).
"""

from __future__ import annotations

import sys
from typing import Any, cast


def hide_torch() -> None:
    """From now on `import torch` fails here, as if it were not installed; does nothing if it is loaded already.

    spaCy's engine imports torch wherever it is installed, and takes its absence in good part. Call
    this before the workshop is built.
    """
    if "torch" not in sys.modules:
        cast(dict[str, Any], sys.modules)["torch"] = None
