"""Word lists by which a noun names a role, a user, a unit of work, a measure.

Owns: head nouns by sort. Must not know: grammar, documents. General English and the field's terms;
nothing here comes from one document.
"""

from __future__ import annotations

from service.plan.reading import TermKind


def word_list(text: str) -> frozenset[str]:
    """Words of a list that is written as running text."""
    return frozenset(text.split())


#: Head lemma -> the sort of thing it names; the first list that holds a head wins.
HEADS: tuple[tuple[TermKind, frozenset[str]], ...] = (
    (
        TermKind.leader,
        word_list(
            "chief director executive board minister sponsor ceo cfo cio cto coo president trustee chair governor "
            "secretary leadership cabinet commissioner principal partnership superintendent dean provost council "
            "leader head vp founder committee cdo governance"
        ),
    ),
    (
        TermKind.role,
        word_list(
            "manager lead owner coordinator officer engineer developer designer architect researcher analyst nurse "
            "clinician doctor physician maintainer contributor teacher editor adviser advisor agent operator planner "
            "buyer merchandiser foreman supervisor scientist specialist consultant steward technician pharmacist "
            "matron colleague staff employee member volunteer underwriter teller recruiter facilitator moderator"
        ),
    ),
    (
        TermKind.partner,
        word_list(
            "supplier vendor partner contractor integrator consultancy reseller distributor provider funder policymaker "
            "policy-maker expert"
        ),
    ),
    (
        TermKind.user,
        word_list(
            "user customer citizen patient client consumer resident shopper student donor reader passenger tenant "
            "household applicant claimant visitor subscriber learner caller traveller farmer taxpayer guest carer family "
            "beneficiary adopter pupil policyholder borrower merchant viewer listener worshipper driver cyclist"
        ),
    ),
    (
        TermKind.team,
        word_list("team squad department unit branch ward chapter crew tribe guild plant clinic store"),
    ),
    (
        TermKind.work,
        word_list("initiative project service release programme program pilot product feature api campaign rollout"),
    ),
    (
        TermKind.measure,
        word_list(
            "rate share percentage score satisfaction retention frequency revenue latency take-up uptake completion churn "
            "margin speed cost nps adoption throughput uptime availability waiting turnaround accuracy volume profit "
            "turnover metric kpi time footprint deadline adherence defect failure emission"
        ),
    ),
    (
        TermKind.meeting,
        word_list(
            "meeting stand-up standup review retrospective forum huddle townhall committee workshop demo assembly"
        ),
    ),
)

#: Modifiers that belong to a role or user noun and stay when its other adjectives go.
KEPT_MODIFIERS = word_list(
    "end service product digital delivery senior executive chief general line business technical data programme project "
    "branch ward store plant clinical nursing regional local community core public private subject finance account "
    "customer user policy security open source package app site release engineering design research working reference"
)

#: Heads too vague to be anybody's own word.
VAGUE = word_list(
    "thing way part number lot kind sort range set variety series area aspect level example case fact year month day week "
    "one everyone anyone people person other this that these those it they we you us them which what who order end"
)
