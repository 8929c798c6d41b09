"""Every page's template uses exactly the names its context documents."""

import re
from dataclasses import fields

import pytest
from jinja2 import meta, nodes

from service.web.contexts.audit import AuditPage
from service.web.contexts.catchball import CatchballPage, ReplyPage
from service.web.contexts.changed import ChangedPage
from service.web.contexts.erase import EraseAllPage, ErasedPage, ErasePage, TombstonePage
from service.web.contexts.evaluation import CriteriaPage, EvaluationPage
from service.web.contexts.nothing import NothingPage
from service.web.contexts.own_practices import OwnPracticePage, OwnPracticesPage
from service.web.contexts.people import AccountPage, JoinPage, KeysPage, PeoplePage, SignInPage
from service.web.contexts.plan import PlanPage
from service.web.contexts.practices import PracticePage, PracticesPage
from service.web.contexts.profile import ProfilePage
from service.web.contexts.progress import ProgressPage, RefusalPage
from service.web.contexts.refine import ComparePage, ConflictPage, EditPage, PickPage, VersionsPage
from service.web.contexts.start import StartPage, UploadedPage
from service.web.contexts.xray import XrayPage
from service.web.render import TEMPLATES, environment

PAGES = (
    StartPage,
    UploadedPage,
    ProgressPage,
    RefusalPage,
    NothingPage,
    PlanPage,
    XrayPage,
    PracticesPage,
    PracticePage,
    EditPage,
    PickPage,
    VersionsPage,
    ComparePage,
    ConflictPage,
    CatchballPage,
    ReplyPage,
    ProfilePage,
    ChangedPage,
    CriteriaPage,
    EvaluationPage,
    OwnPracticesPage,
    OwnPracticePage,
    ErasePage,
    EraseAllPage,
    ErasedPage,
    TombstonePage,
    SignInPage,
    JoinPage,
    AccountPage,
    PeoplePage,
    KeysPage,
    AuditPage,
)
PARTS = {
    "layout.html",
    "cards.html",
    "charts.html",
    "desk.html",
    "forms.html",
    "quotes.html",
    "refine.html",
    "settle.html",
}


#: What every template may use: who looks at the page, the form's token, what the role may.
EVERYWHERE = {"visitor", "form_token", "may"}


def parsed(template):
    return environment.parse((TEMPLATES / template).read_text(encoding="utf-8"))


def imported(tree):
    """Modules and macros named at the top; inside a block jinja's own search takes them for missing."""
    names = {one.target for one in tree.find_all(nodes.Import)} | {one.name for one in tree.find_all(nodes.Macro)}
    return names | {name for one in tree.find_all(nodes.FromImport) for name in one.names}


def names_used(template):
    tree = parsed(template)
    used = set(meta.find_undeclared_variables(tree)) - imported(tree)
    for part in meta.find_referenced_templates(tree):
        used |= meta.find_undeclared_variables(parsed(part)) if part == "layout.html" else set()
    return used - EVERYWHERE


def names_documented(page):
    return set(re.findall(r"^        (\w+): ", page.__doc__.split("Attributes:")[1], flags=re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_uses_exactly_the_documented_names(page):
    assert names_used(page.template) == names_documented(page)
    assert names_documented(page) == {field.name for field in fields(page)}


def test_every_template_belongs_to_a_page_or_is_a_part():
    assert {path.name for path in TEMPLATES.glob("*.html")} == {page.template for page in PAGES} | PARTS


@pytest.mark.parametrize("part", sorted(PARTS - {"layout.html"}))
def test_parts_take_all_they_show_as_arguments(part):
    assert meta.find_undeclared_variables(parsed(part)) <= EVERYWHERE - {"visitor"}
