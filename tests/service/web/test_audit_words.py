import pytest

from service.store.audit import Act, Deed
from service.web.contexts.audit import words_of
from service.web.duty import SAFE, duty_of
from tests.service.web.crew import flat


@pytest.mark.parametrize(
    ("act", "route", "words"),
    [
        (Act.changed, "sign_in", "signed in"),
        (Act.saw, "show_plan", "saw the plan"),
        (Act.exported, "export", "exported a file"),
        (Act.saw, "list_versions", "saw versions"),
        (Act.refused, "delete_document", "was refused: delete document"),
        (Act.changed, "a_route_of_tomorrow", "changed a route of tomorrow"),
    ],
)
def test_a_deed_is_told_in_plain_words(act, route, words):
    assert words_of(Deed(None, "Ada", "session", act, route)) == words


def test_every_change_that_people_make_has_plain_words(crew):
    made = {
        route.endpoint.__name__
        for route in flat(crew.app.routes)
        for method in route.methods - SAFE
        if not duty_of(route.endpoint, method).quiet
    }
    unspoken = {
        name
        for name in made
        if words_of(Deed(None, "Ada", "session", Act.changed, name)) == f"changed {name.replace('_', ' ')}"
    }
    assert unspoken == set()
