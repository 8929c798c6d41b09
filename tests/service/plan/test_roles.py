from __future__ import annotations

import pytest

from service.plan.roles import role_key, role_name


@pytest.mark.parametrize(
    "other",
    ["API Owner", "the API Owner", "an api owner", "API owners", "The API Owners", "API-owner", "each API Owner"],
)
def test_case_number_and_article_make_no_other_role(other):
    assert role_key(other) == role_key("API Owner")


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("head of service", "heads of service"),
        ("nurse", "nurses"),
        ("boss", "bosses"),
        ("deputy", "deputies"),
        ("sponsor", "Sponsors"),
        ("person on call", "people on call"),
    ],
)
def test_the_plural_is_taken_from_the_head_of_the_name(one, several):
    assert role_key(one) == role_key(several)


@pytest.mark.parametrize(
    ("one", "other"),
    [("team lead", "team member"), ("head of service", "head of finance"), ("API Owner", "owner")],
)
def test_other_roles_stay_apart(one, other):
    assert role_key(one) != role_key(other)


def test_the_name_keeps_the_letters_of_a_name_and_drops_what_only_says_which():
    assert role_name("the Head who answers for change") == "head"
    assert role_name("the API Owner") == "API Owner"
    assert role_name("Product Ops for the first sessions") == "Product Ops"
