"""A committing lead-in lends its force to the list under it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.documents import BlockKind
from service.reader.leadin import lead_ins
from tests.service.harbour import read

LISTED = """# Direction

We will change three things this year:

- timetables made by the crews
- answers within a day
- one price for all islands

Nothing else changes.

- pictures of the pier
"""


@pytest.fixture(scope="module")
def sentences(workshop):
    return read(LISTED, workshop).sentences


def weighed(sentences, lead: float, items: float):
    return [replace(s, commitment=items if s.kind is BlockKind.list_item else lead) for s in sentences]


def test_items_under_a_committing_lead_in_go_half_the_way_to_it(sentences):
    lent = lead_ins(weighed(sentences, 0.9, 0.3))
    listed = [s.row for s in sentences if s.kind is BlockKind.list_item]
    assert lent == dict.fromkeys(listed[:3], 0.6)


def test_a_lead_in_that_commits_nobody_lends_nothing(sentences):
    assert lead_ins(weighed(sentences, 0.4, 0.3)) == {}


def test_an_item_that_commits_more_than_its_lead_in_keeps_its_own(sentences):
    assert lead_ins(weighed(sentences, 0.6, 0.8)) == {}


def test_a_list_reads_stronger_under_a_lead_in_than_alone(workshop, sentences):
    alone = read(LISTED.replace("We will change three things this year:", "Things seen on the pier."), workshop)
    first = next(s for s in sentences if s.text.startswith("answers"))
    bare = next(s for s in alone.sentences if s.text.startswith("answers"))
    assert first.commitment > bare.commitment
