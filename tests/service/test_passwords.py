import pytest

from service.passwords import LONGEST, Passwords, WeakPassword

PASSWORD = "seven quiet herons"


@pytest.fixture(scope="module")
def passwords():
    return Passwords()


def test_only_the_password_itself_fits_its_hash(passwords):
    kept = passwords.hash(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, PASSWORD + " ")


@pytest.mark.parametrize("kept", [None, "", "no hash"])
def test_nothing_fits_where_no_hash_is_kept(passwords, kept):
    assert not passwords.fits(kept, "a password that opens nothing")


def test_the_same_password_has_another_hash_each_time(passwords):
    assert passwords.hash(PASSWORD) != passwords.hash(PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["", "elevenchars", "aaaaaaaaaaaaaaaa", "Ada@example.org", "x1y2z3" * 40],
    ids=["empty", "short", "one letter", "own address", "long"],
)
def test_a_password_that_can_be_guessed_or_costs_too_much_is_refused(passwords, password):
    with pytest.raises(WeakPassword):
        passwords.hash(password, "ada@example.org", "Ada")


def test_one_longer_than_any_that_is_kept_does_not_fit_by_its_beginning(passwords):
    longest = "ab cd ef gh " * 16 + "12345678"
    assert len(longest) == LONGEST
    assert not passwords.fits(passwords.hash(longest), longest + "9")
