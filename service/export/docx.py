"""The plan as a Word document, with a reply table for catchball.

Owns: the reply table. Must not know: how Word files are made, storage, pages. The rows of the reply
table carry each item's id as a bookmark, so that a returned file can be read back.
"""

from __future__ import annotations

import re

from service.export.document import compose
from service.export.paper import Paper
from service.export.printed import print_markdown
from service.plan.plan import Plan, Status

REPLY_HEADS = ("Item", "Agree, change or decline", "What we would do instead", "Who replies (role)")


def to_docx(plan: Plan) -> bytes:
    """The whole plan; the same plan gives the same bytes."""
    paper = Paper(plan.document.title)
    compose(plan, paper)
    if plan.status is Status.ready:
        _replies(plan, paper)
    return paper.to_bytes()


def markdown_to_docx(title: str, markdown: str, one_page: bool = False) -> bytes:
    """One of the plan's Markdown forms as a Word document; the same words give the same bytes."""
    paper = Paper(title, one_page)
    print_markdown(markdown, paper)
    return paper.to_bytes()


def bookmark_name(item_id: str) -> str:
    """The bookmark that ties a row of the reply table to an item: letters, digits, underscores, at most 40."""
    return ("reply_" + re.sub(r"\W", "_", item_id, flags=re.ASCII))[:40]


def _replies(plan: Plan, paper: Paper) -> None:
    paper.heading("Your reply", 1)
    paper.text(
        "Please answer line by line: agree, change or decline. Where you would change something, say what you "
        "would do instead and what you would need for it. Reply as a team or role; no names of persons are needed."
    )
    items: list[tuple[str, str]] = [(intent.id, f"Intent: {intent.label}") for intent in plan.intents]
    items += [(each.id, each.title) for each in (*plan.behaviours, *plan.rituals)]
    items += [(ask.id, f"Decision: {ask.title}") for ask in plan.policy_asks]
    marks = [bookmark_name(item_id) for item_id, _ in items]
    paper.table(REPLY_HEADS, [(title, "", "", "") for _, title in items], marks)
