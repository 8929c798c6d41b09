import pytest

from service.people import Role, UnusableAddress, address_of, name_of


@pytest.mark.parametrize(
    ("role", "reach"),
    [(Role.viewer, {"viewer"}), (Role.leader, {"viewer", "leader"}), (Role.ops, {"viewer", "leader", "ops"})],
)
def test_each_role_reaches_what_the_lesser_ones_do(role, reach):
    assert {one.value for one in Role if role.reaches(one)} == reach


def test_an_address_is_known_by_its_small_letters():
    assert address_of("  Ada.L@Example.ORG ") == "ada.l@example.org"


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@", "@example.org", "a d@example.org", "ada@example", "a@b@c.example"]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(UnusableAddress):
        address_of(typed)


def test_a_name_stands_on_one_line():
    assert name_of("  Ada \n Lovelace ") == "Ada Lovelace"


@pytest.mark.parametrize("typed", ["", "  ", "x" * 81, "Ada\x00"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(UnusableAddress):
        name_of(typed)
