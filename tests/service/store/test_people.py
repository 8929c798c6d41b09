"""Accounts, members, keys, counted calls and the log, in the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.people import Role
from service.store.accounts import AccountRepository
from service.store.audit import Act, AuditRepository, Deed
from service.store.counts import CountRepository, Limit
from service.store.credentials import Credential, CredentialRepository
from service.store.errors import AccountExists, LastOps, NotFound
from service.store.members import MemberRepository, accept, joining_of

FEW = Limit("few", 3, 3600)


@pytest.fixture
def accounts(database):
    return AccountRepository(database)


@pytest.fixture
def ada(accounts):
    return accounts.add("ada@example.org", "Ada", "hash of hers")


@pytest.fixture
def members(database):
    return MemberRepository(database, "one")


def test_an_address_has_one_account(accounts, ada):
    with pytest.raises(AccountExists):
        accounts.add(ada.address, "Another Ada", "hash")
    assert accounts.with_address(ada.address) == ada


def test_a_person_may_belong_to_several_workspaces_with_a_role_in_each(database, accounts, members, ada):
    members.add(ada.id, Role.ops)
    MemberRepository(database, "two").add(ada.id, Role.viewer)
    assert [(one.workspace_id, one.role) for one in accounts.memberships(ada.id)] == [
        ("one", Role.ops),
        ("two", Role.viewer),
    ]


def test_the_last_ops_person_can_neither_leave_nor_be_less(accounts, members, ada):
    members.add(ada.id, Role.ops)
    bob = accounts.add("bob@example.org", "Bob", "hash")
    members.add(bob.id, Role.leader)
    for attempt in (lambda: members.remove(ada.id), lambda: members.change(ada.id, Role.viewer)):
        with pytest.raises(LastOps):
            attempt()
    members.change(bob.id, Role.ops)
    members.remove(ada.id)
    assert [one.name for one in members.all()] == ["Bob"]


def test_whoever_leaves_takes_their_keys_and_sessions_of_that_workspace_along(database, accounts, members, ada):
    credentials = CredentialRepository(database)
    members.add(accounts.add("bob@example.org", "Bob", "hash").id, Role.ops)
    for workspace in ("one", "two"):
        MemberRepository(database, workspace).add(ada.id, Role.viewer)
    keys = {name: credentials.add_key(name, ada.id, "x", Role.viewer) for name in ("one", "two")}
    session = credentials.begin_session(ada.id, "one")
    members.remove(ada.id)
    assert credentials.opens(keys["one"], Credential.key) is None
    assert credentials.opens(session, Credential.session) is None
    assert credentials.opens(keys["two"], Credential.key) == "two"


def test_an_invitation_is_spent_once_by_the_one_it_is_for(database, accounts, members, ada):
    token = members.invite(ada.address, Role.leader, "Bob")
    stranger = accounts.add("eve@example.org", "Eve", "hash")
    with pytest.raises(NotFound):
        accept(database, token, stranger.id)
    assert accept(database, token, ada.id).role is Role.leader
    assert joining_of(database, token) is None
    with pytest.raises(NotFound):
        accept(database, token, ada.id)


def test_an_invitation_never_takes_a_role_away(database, members, ada):
    token = members.invite(ada.address, Role.viewer, "Bob")
    members.add(ada.id, Role.ops)
    accept(database, token, ada.id)
    assert members.get(ada.id).role is Role.ops


def test_another_password_ends_every_session(database, accounts, ada):
    credentials = CredentialRepository(database)
    session = credentials.begin_session(ada.id, "one")
    accounts.set_password(ada.id, "newer hash", sign_out=False)
    assert credentials.opens(session, Credential.session) == "one"
    accounts.set_password(ada.id, "newest hash")
    assert credentials.opens(session, Credential.session) is None


def test_a_new_session_takes_the_place_of_the_one_it_replaces(database, ada):
    credentials = CredentialRepository(database)
    old = credentials.begin_session(ada.id, "one")
    new = credentials.begin_session(ada.id, "two", replaces=old)
    assert credentials.opens(old, Credential.session) is None
    assert credentials.opens(new, Credential.session) == "two"


def test_a_key_is_revoked_only_in_its_own_workspace(database, ada):
    credentials = CredentialRepository(database)
    secret = credentials.add_key("one", ada.id, "nightly", Role.viewer)
    note = credentials.keys("one")[0]
    with pytest.raises(NotFound):
        credentials.revoke_key("two", note.id)
    assert (note.label, note.role, note.owner) == ("nightly", Role.viewer, "Ada")
    assert credentials.revoke_key("one", note.id) == "nightly"
    assert credentials.opens(secret, Credential.key) is None


def test_a_newer_key_of_local_mode_leaves_keys_of_persons_alone(database, ada):
    credentials = CredentialRepository(database)
    secret = credentials.add_key("one", ada.id, "nightly", Role.viewer)
    credentials.issue(Credential.key, "one", only=True)
    assert credentials.opens(secret, Credential.key) == "one"


def test_too_many_calls_are_told_how_long_to_wait_whoever_else_calls(database):
    counts = CountRepository(database)
    assert [counts.take(FEW, "ada") for _ in range(3)] == [0, 0, 0]
    assert 0 < counts.take(FEW, "ada") <= 3600
    assert counts.take(FEW, "bob") == 0
    counts.forget(FEW, "ada")
    assert counts.take(FEW, "ada") == 0


def test_calls_at_the_same_time_are_all_counted(database):
    counts = CountRepository(database)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: counts.take(FEW, "ada"), range(20)))
    assert waits.count(0) == FEW.most


def test_what_is_seen_again_is_one_entry_and_what_is_changed_again_is_two(database):
    log = AuditRepository(database, "one")
    for act in (Act.saw, Act.saw, Act.changed, Act.changed):
        log.note(Deed("acct-1", "Ada", "session", act, "show_plan", "plan", "plan-1"))
    assert [one.deed.act for one in log.latest(10)] == [Act.changed, Act.changed, Act.saw]


def test_the_log_of_one_workspace_is_not_that_of_another(database):
    AuditRepository(database, "one").note(Deed(None, "Ada", "session", Act.changed, "edit_plan"))
    assert AuditRepository(database, "two").latest(10) == []
