"""The wordings by which organisations bind themselves, and those by which a text only tells, each with a weight.

Owns: the tables that `binding` adds up. Must not know: vectors, trained weights, plans. General English of
commitment; each line holds in any sector. Above 200 lines of patterns, packed for reading.
"""

# fmt: off
# The tables read better packed than one alternative a line.
from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern and what it adds to the log-odds of commitment; `own` where the subject must be the organisation."""

    weight: float
    pattern: re.Pattern[str]
    own: bool = False


def _w(weight: float, pattern: str, own: bool = False) -> Wording:
    return Wording(weight, re.compile(pattern), own)


#: List marks, numbers and a label before the words that matter: "KR 2.1: ", "Web: ", "First, ".
LABEL = re.compile(
    r"^\s*(?:[✅🔄•*\-–—]\s*)*(?:\(?(?:[A-Z]{0,3}\d+(?:\.\d+)*|[a-z]|[ivx]+)[.):]?\s+(?=[A-Z“\"]))?"
    r"(?:[A-Z][\w &/().,'’-]{0,48}?(?:\s?\d+(?:\.\d+)*)?:\s+)?"
    r"(?:(?:first|then|next|now|finally|eventually|second|third)\b[^,]{0,18},\s+)?", re.IGNORECASE,
)
AIMS = re.compile(
    r"(?i)\b(?:our|the|its|their|this year['’]s|one|overall|main|primary|key|central|first|top) (?:[\w'’-]+ ){0,3}?"
    r"(?:aim|goal|ambition|intention|intent|mission|vision|priority|objective|focus|purpose|strategy|emphasis|commitment|"
    r"promise|challenge|task|default|policy|approach|theme)s?(?: (?:for|of|in|here|this|now)\b[^,.:;]{0,40})? "
    r"(?:is|are|will be|remains?|should be|has been|was)\b(?! (?:described|available|set out|outlined|not |informed|based|built|made))"
)
DECIDED = re.compile(r"(?i)\b(?:decided|chose|chosen|agreed|committed|resolved|no layoffs)\b")

BINDING: tuple[Wording, ...] = (
    _w(1.6, r"(?i)\bwe(?:['’]ll| will| must| shall| need to| have to| are going to| are committed to| commit(?:ted)? to| aim to|"
       r" intend to| plan to| strive to| seek to| want(?: to)?| choose to| chose to| (?:have )?decided| (?:have )?agreed|"
       r" (?:have )?resolved| expect our| should| won['’]t| do not| don['’]t| never| only| prefer| insist| pledge)\b"),
    Wording(1.4, AIMS),
    _w(1.3, r"(?i)\b(?:it is|it's|it’s|is|are|be),? (?:(?:therefore|thus|also),? )?(?:vital|crucial|essential|"
       r"important|imperative|critical|necessary|key|needed|paramount)(?: (?:to|that|for)\b)"),
    _w(1.4, r"(?i)\b(?:will|shall|must|should|needs? to|has to|have to|is to|are to|(?:is|are) (?:required|expected|encouraged|"
       r"asked|obliged|urged) to)\b(?! (?:likely|probably|also explore|explore|consider|be possible|note|help to explain|"
       r"depend|vary|often))"),
    _w(1.0, r"(?i)\b(?:rather than|instead of|in place of|as opposed to|moving away|move away|away from|no longer|not just|"
       r"not only|replac(?:e|es|ed|ing)|shift(?:s|ing)? (?:from|to|towards?))\b"),
    _w(1.0, r"(?i)\b(?:is|are) (?:now |currently |also |actively )?(?:transforming|moving|shifting|changing|focus(?:s)?(?:ing|ed)|"
       r"working (?:to|on|towards?)|investing|pausing|committed|dedicated|determined|building|making|putting|aiming|going)\b",
       own=True),
    _w(0.9, r"(?i)\b(?:no (?:new|more|other|further|one|application|project|service|team)|not until|unless|only (?:if|when|where|"
       r"in exceptional|after|once)|never|at most|no more than|must not|will not|won['’]t|by default|as the default|"
       r"before any)\b"),
    _w(0.8, r"(?i)\b(?:by (?:the end of )?(?:Q[1-4] |[A-Z][a-z]+ )?20\d\d|within \w+ (?:days|weeks|months|hours|minutes|years)|"
       r"(?:at least|at most|less than|under|over|fewer than) \d|[<>≤≥] ?\d|\b\d{2,3} ?%|\bin \d+ (?:hours|minutes|seconds|"
       r"days))"),
    _w(0.7, r"(?i)\b(?:first[- ](?:class|order)|priorit(?:y|ies|ise|ize|ised|ized|izing|ising)|focus(?:es|ed|ing)? (?:on|our|"
       r"primarily|will)|double down|strong presumption|emphasi[sz]e|commitment to|commits? to)\b"),
    _w(1.2, r"(?i)\b(?:nothing(?: else)? (?:gets|comes|goes|is to|may)|beats? (?:any|every|all|everything|the)|(?:comes?|goes?|go) "
       r"first|(?:is|are) more important than|the need to|what['’]s needed|most important (?:part|thing|step|task|goal|aim)|"
       r"most basic step|highest priority|take precedence)\b"),
    _w(0.8, r"(?i)^(?:\W*)from (?:now on|\d{1,2} \w+|(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|"
       r"october|november|december)\b|\bas of (?:next|this|\d)"),
    _w(0.9, r"→|\bdown from\b|\bup from\b|\b(?:is|are) (?:dropped|abolished|scrapped|retired|merged|closed|ended|replaced)\b|"
       r"\bdrops? from\b"),
    _w(1.0, r"(?i)\b(?:no|none|nothing|nobody|no one)\b[^.]{0,60}\b(?:until|before|without|unless|again|for longer than|twice)\b|"
       r"^\W*(?:no|nobody|no one) (?!matter|doubt|wonder|known|output)"),
    _w(1.2, r"(?i)^\W*to (?:be|become|remain|lead|make|help|provide|ensure|create|build|give|enable|empower)\b(?![^.]*,)"),
    _w(0.6, r"(?i)\b(?:every|each|once a|twice a|per) (?:quarter|week|month|fortnight|year|half[- ]year|sprint)\b|\b(?:monthly|"
       r"weekly|quarterly|fortnightly)\b"),
    _w(0.9, r"(?i)^\W*(?:objectives?|goal|priority|principle|recommendation|commitment|kr|key results?|target)\b[ \d.]*"
       r"(?:, for example)?[:–-]|\btarget: ?[<>≤≥~]?\s?\d|\bby 20\d\d: "),
)

LOOSENING: tuple[Wording, ...] = (
    _w(-2.0, r"(?i)^[\"“][^\"”]{2,40}[\"”] (?:means|is|are|includes?)\b"),
    _w(-1.8, r"(?i)\b(?:explor(?:e|ing)|look(?:ing)? (?:at|into)|consider(?:ing)?|investigat(?:e|ing)|discuss(?:ing)?) (?:whether|if|how)\b|"
       r"\bwill (?:also )?(?:explore|consider|look at|look into)\b"),
    _w(-1.2, r"(?i)\b(?:in duplicate|be (?:submitted|sent) (?:to|in|by|via)|by e-?mail|contact (?:us|the)|questions? (?:should|can|may))\b"),
    _w(-0.9, r"(?i)\b(?:time-?outs?|retr(?:y|ies)|backoff|dead-letter|payloads?|TTL|cron|port \d+|in format)\b"),
    _w(-1.5, r"(?i)\b(?:this|that|it) (?:does|do|is) not (?:mean|to say)\b|^(?:the|these) (?:above|following|below)\b|^(?:lays|sets) out\b|"
       r"^the (?:goal|purpose|aim) of (?:this|the) (?:document|roadmap|plan|strategy|rfc|section|page|paper)\b|\bwe(?:['’]re| are) (?:seeing|"
       r"finding|growing|hearing|learning|proud|excited|happy|often|already|grateful)\b"),
    _w(-0.8, r"(?i)\bget(?:s|ting)? in the way\b|\bhold(?:s|ing)? (?:us|them|back)\b|\bburn ?out\b|\bharder (?:and harder )?to\b"),
    _w(-1.2, r"(?i)^(?:for example|for instance|e\.g\.)|\bmaking it hard"),
    _w(-0.8, r"(?i)\b(?:often|usually|generally|typically|sometimes|frequently|commonly|tends? to)\b"),
    _w(-0.9, r"(?i)\b(?:annoys?|worr(?:y|ies)|fears?|costs? (?:as much|about|us)|spends? an estimated|(?:is|are) estimated)\b"),
    _w(-2.0, r"(?i)\b(?:users?|customers?|maintainers?|people|citizens|patients|builders|donors|shoppers|libraries|companies|"
       r"buyers|parents|students|developers|clients)\b[^.]{0,30}\b(?:won['’]t|can['’]t|cannot|don['’]t|do not|will not|never)\b"),
    _w(-1.2, r"(?i)\bexpects? [^.]{2,50} to (?:rise|remain|grow|fall|climb|stay|increase|continue)\b|^(?:[\d.]+ )?(?:nationally|"
       r"globally|internationally|elsewhere)\b|\bthan ever(?: before)?\b|\bintends to (?:issue|publish)\b"),
    _w(-1.5, r"(?i)\bbeing (?:considered|looked at|explored|discussed|evaluated)\b|\bunder (?:consideration|discussion|review)\b"),
    _w(-0.8, r"(?i)\b(?:is|are) (?:\w+ )?(?:inconsistent|slow|poor|outdated|fragmented|blocked|nearing|stuck|unstable|old|missing|"
       r"immature)\b|\bavailable (?:on|at|from|in the)\b|^\W*including\b|"
       r"\bwe have (?!to\b|decided|chosen|agreed|committed|set|resolved|a (?:goal|duty|responsib))"),
    _w(-2.0, r"(?i)^(?:this|the|that|these|our|each) (?:following |next |initial |current )?(?:document|page|section|list|roadmap|"
       r"chapter|paper|framework|table|figure|version|post|proposal|report|note|appendix|rfc|definition|term|diagram|plan|"
       r"strategy|principles|practices|milestones?)\b.{0,60}\b(?:describes?|sets? out|represents?|explains?|outlines?|lists?|"
       r"contains?|is based|is organi[sz]ed|provides? an overview|does not|covers?|lays? out|speaks?|serves?|was|were|"
       r"are designed|addresses|summari[sz]es|takes the form|reflects?|builds? on|incorporates?|are described)\b"),
    _w(-1.6, r"(?i)^(?:in|since|during|over|by|after|around|late in|early in) (?:the (?:last|past)|(?:19|20)\d\d\b"
       r"(?!.*\b(?:will|should|must|shall|need)\b)|january|february|march|april|may|june|july|august|september|october|"
       r"november|december)"),
    _w(-1.5, r"(?i)\b(?:(?<!\d )(?<!in )(?<!by )may(?! \d)|might|could|would|possibly|perhaps|potentially|likely to|unlikely|hopefully|we hope|if necessary|"
       r"stretch|tentative(?:ly)?|maybe|it['’]?s possible|unclear)\b"),
    _w(-1.2, r"(?i)\b(?:there (?:is|are|was|were|has been|have been))\b"),
    _w(-0.9, r"(?i)\b(?:currently|so far|to date|already|at present|today,?|right now|nowadays|over the (?:last|past)|recently|"
       r"historically|traditionally|previously|in the past|until now|since then)\b"),
    _w(-0.9, r"(?i)^(?:for example|e\.g\.|for instance|note that|of course|in general|in practice,? most|on the other hand|"
       r"unfortunately|however,|although|while |as we|as (?:already )?(?:mentioned|described|stated)|see |thanks|because )"),
    _w(-1.0, r"(?i)^(?:(?:most|many|some|several|few|a number of|other|others|users|customers|people|citizens|developers|patients|"
       r"students|companies|competitors|they|these|those|such)\b)(?!.*\b(?:will|should|must|shall|need to)\b)"),
    _w(-1.5, r"(?i)\bunlikely\b|\bha(?:s|ve) (?:the )?potential to\b|\b(?:is|are) (?:informed|maintained|run|written|owned|staffed|managed|"
       r"produced|used) by\b"),
    _w(-1.8, r"(?i)^(?:any(?: given)?|not (?:all|every)|most|many|some|few)\b[^.]{0,50}\bwill\b"),
    _w(-1.0, r"(?i)\b(?:has|have|['’]ve) (?:also |already |now |since |greatly )?(?:improved|reduced|grown|increased|made|seen|built|started|begun|"
       r"helped|shown|added|moved|led|brought|given|done|found|learned|learnt)\b|^\W*(?:=>|note\b)|\bwe (?:started|began)\b"),
    _w(-0.9, r"(?i)=> |\b(?:WIP|shipped for|achieved with|has been (?:done|finished|completed)|is available|was (?:founded|created|"
       r"approved|added|introduced|launched|deprioriti[sz]ed|de-priori)|has (?:been|grown|become)|have (?:been|grown|become)|"
       r"founded in)\b"),
    _w(-0.8, r"(?i)\b(?:is|are) (?:a|an|the|one of the|among|part of|known|defined|called|often|usually|typically|hard|difficult|"
       r"large|small|complex|too)\b"),
    _w(-0.8, r"(?i)\b(?:problem|difficult|unfortunately|lack(?:s|ed|ing)?|however|hard to|suffer|complain\w*|challenges|"
       r"frustrat\w+|confus\w+)\b"),
    _w(-0.5, r"(?i)\b(?:they|their|them|he|she)\b.*\b(?:is|are|have|has|do|don['’]t)\b"),
    _w(-1.0, r"\?\s*$"),
)

GOAL_HEADING = re.compile(
    r"(?i)\b(?:goals?|objectives?|priorit\w+|vision|mission|outcomes?|key results?|ambitions?|targets?|principles?|commitments?|"
    r"pillars?|we will|will:|strateg(?:y|ies|ic)|actions?|recommendations?|next steps|focus|initiatives?|guardrails|"
    r"what we(?:'re| are)? (?:do|will|not)|not (?:doing|this|now)|won['’]t|choices?|moving|shifts?|practices|roadmap|approach|"
    r"future|20[3-9]\d)\b"
)
CONTEXT_HEADING = re.compile(
    r"(?i)\b(?:background|context|introduction|history|about|glossary|definitions?|assumptions?|alternatives?|appendix|annex|"
    r"competit\w+|market|where we are|current(?: state)?|challenges?|motivation|why|lessons|foreword|rational\w*|problem|"
    r"references|segmentation|prior art|drawbacks|landscape|situation|purpose of this|how to read|unresolved|case study|"
    r"examples?|personas?|risks?)\b"
)
#: Where a state told in the present tense is the state that is wanted.
VISION_HEADING = re.compile(r"(?i)\b(?:vision|20[3-9]\d|202[5-9]|principles?|future)\b")
RESULT_HEADING = re.compile(r"(?i)\b(?:key results?|objective|okrs?|O\d)\b")

#: Subjects by which the organisation, or a part of it, speaks of itself.
OWN_SUBJECT = re.compile(
    r"(?i)\b(?:we|it|departments?|agenc(?:y|ies)|teams?|organi[sz]ations?|foundation|ministr(?:y|ies)|government|councils?|boards?|"
    r"staff|office|governance|programme|program|project|company|group|trust|bank|university|library|service|strategy|months|"
    r"year|quarter)\b"
)
NAMED_SUBJECT = re.compile(r"\b[A-Z]{2,}|(?<!^)\b[A-Z][a-z]+")

#: Verbs that change something: a sentence that begins with one asks for it.
_DEEDS = """
improve increase reduce grow expand strengthen simplify build create develop adopt deliver launch establish ensure enable
empower invest replace remove redesign publish move shift focus prioritise prioritize give make provide support promote
encourage foster champion protect maintain harness leverage use reuse share open close stop start end introduce embed align
coordinate engage partner assess review measure track monitor automate streamline standardise standardize modernise modernize
consolidate integrate train hire recruit appoint assign require limit keep become lead drive achieve reach secure complete
finish ship release double halve cut eliminate address tackle accelerate advance extend design define document communicate
advocate cultivate articulate uphold practice practise prepare connect commit pursue seek strive aim work allow let treat put
set raise lower scale test pilot trial enhance facilitate incorporate solidify systematize systematise diversify convene
educate equip reward fund expose harmonise harmonize widen deepen win bring take help run hold meet stabilise stabilize
implement distribute revise revamp overhaul enlist enrol nurture retain attract renew restore retire migrate transition
decouple descope concentrate choose ask listen tell show respond serve
"""
DEEDS = frozenset(_DEEDS.split())
_LOOKS = """
consider explore investigate evaluate examine look see note check click run visit read contact refer discuss research identify
understand
"""
#: Verbs that look into something and commit to nothing yet.
LOOKS = frozenset(_LOOKS.split())
