"""Plain names for the fields of items.

Owns: what a field is called on the pages. Must not know: routes, items.
"""

from __future__ import annotations

import re

_NAMES = {
    "title": "Title",
    "actor": "Who does it",
    "trigger": "When it happens",
    "action": "What they do",
    "owner": "Owner",
    "evidence.artefact": "What it leaves behind",
    "evidence.location": "Where that lies",
    "shift.from_state": "From",
    "shift.to_state": "To",
    "stop_doing.text": "Instead of",
    "first_time": "The first time, under 15 minutes",
    "reinforcement.who": "Who notices",
    "reinforcement.when": "When they notice",
    "reinforcement.how": "What they do then",
    "sunset": "When it ends",
    "purpose": "What it decides",
    "facilitator": "Run by",
    "rotation": "Who runs it later",
    "decision_rights.decider": "Who decides",
    "decision_rights.scope": "What they may decide",
    "decision_rights.beyond": "What goes elsewhere",
    "replaces.text": "Instead of",
    "failure_signal": "Failing when",
    "async_variant": "Without meeting",
    "question": "The question",
    "decision": "The decision",
    "decider": "Who decides",
    "forum": "Where",
    "cost_of_not_deciding": "If nobody decides",
    "interim": "Until then",
    "period": "How often",
    "starts_day": "First day",
    "review_days": "Looked at again by day",
}
_LISTS = {
    "participants.role": "Who comes",
    "participants.reason": "Why they come",
    "inputs": "Brings, a day ahead",
    "agenda.step": "Agenda, step",
    "outputs": "Comes out",
    "health_check": "Healthy when",
    "options": "Option",
}
_INDEX = re.compile(r"\.(\d+)")


def label_of(path: str) -> str:
    """'Agenda, step 2' for 'agenda.1.step'."""
    if path in _NAMES:
        return _NAMES[path]
    number = _INDEX.search(path)
    plain = _INDEX.sub("", path)
    name = _LISTS.get(plain, plain.replace(".", ", ").replace("_", " ").capitalize())
    return f"{name} {int(number.group(1)) + 1}" if number else name
