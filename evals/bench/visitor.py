"""A visitor of the running server: uploads a document, asks for a plan and waits for it.

Owns: those calls over HTTP, on loopback only. Must not know: bars, reports.
"""

from __future__ import annotations

import json
import time
import uuid
from pathlib import Path
from urllib.request import Request, urlopen

WAIT_SECONDS = 300.0


def upload_and_plan(data: Path, document: Path) -> str:
    """Through the server whose address and key lie in `data`; gives the plan's id when it is written.

    Raises:
        TimeoutError: the plan was not ready in five minutes, or the job failed.
    """
    server = json.loads((data / "server.json").read_text(encoding="utf-8"))
    site, key = server["address"].rstrip("/"), server["key"]
    made = _call(f"{site}/api/v1/documents", key, *_form(document))
    job = _call(f"{site}/api/v1/documents/{made['id']}/plans", key, b'{"engine": "patterns"}', "application/json")
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        state = _call(f"{site}/api/v1/jobs/{job.get('job_id') or job['id']}", key)["state"]
        if state == "done":
            return str(job["plan_id"])
        if state == "failed":
            break
        time.sleep(0.5)
    raise TimeoutError(f"no plan of {document.name}")


def _call(address: str, key: str, body: bytes | None = None, kind: str = "") -> dict[str, str]:
    headers = {"Authorization": f"Bearer {key}", **({"Content-Type": kind} if kind else {})}
    with urlopen(Request(address, data=body, headers=headers), timeout=WAIT_SECONDS) as answer:
        found: dict[str, str] = json.load(answer)
    return found


def _form(document: Path) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{document.name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return (
        head.encode() + document.read_bytes() + f"\r\n--{mark}--\r\n".encode(),
        f"multipart/form-data; boundary={mark}",
    )
