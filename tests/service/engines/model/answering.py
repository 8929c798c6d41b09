"""Answers of a model, written as the requests ask for them."""

import json

NOTHING = {"behaviours": [], "ritual": None, "policy_ask": None, "indicator": None}


def drafts(*answers):
    """The answer to a request for several intents, from what is said of each in turn."""
    return json.dumps({"drafts": [{"intent": chr(65 + n), **answer} for n, answer in enumerate(answers)]})
