"""People, invitations, keys, the log and the switch between workspaces."""

import re

import pytest

from service.people import Role
from service.store.access_tables import JoiningRow
from service.store.audit import Act, Deed
from service.store.database import now
from service.web.signing import own_path
from service.web.tokens import HEADER
from tests.service.web.crew import PASSWORD
from tests.service.web.test_sign_in import typed

ADA, BOB = "ada@alpha.example", "bob@alpha.example"


@pytest.fixture
def ada(crew):
    return crew.member("alpha", "ops", ADA)


def link_in(text):
    return re.search(r"<code>http://[^/]+(/join/[^<]+)</code>", text)[1]


def invited(ada, address=BOB, role="leader"):
    return link_in(ada.post("/people/invitations", data={"address": address, "role": role}).text)


def log(browser):
    return [(one["name"], one["act"], one["what"], one["note"]) for one in browser.get("/api/v1/audit").json()]


def test_somebody_invited_makes_an_account_and_belongs_to_the_workspace(crew, ada):
    link = invited(ada)
    bob = crew.stranger()
    assert "You are invited to “Alpha”" in bob.get(link).text
    assert typed(bob, link, name="Bob Berg", password=PASSWORD).status_code == 303
    start = bob.get("/").text
    assert "Bob Berg" in start
    assert "leader" in start
    assert "Bob Berg" in ada.get("/people").text


def test_an_invitation_works_once_and_its_address_is_shown_once(crew, ada):
    link = invited(ada)
    token = link.rsplit("/", 1)[1]
    assert token not in ada.get("/people").text
    assert typed(crew.stranger(), link, name="Bob", password=PASSWORD).status_code == 303
    assert crew.stranger().get(link).status_code == 404


def test_an_invitation_withdrawn_or_expired_opens_nothing(crew, ada):
    link = invited(ada)
    joining = crew.services.house.workplace("alpha").members.invitations()[0]
    ada.post(f"/people/invitations/{joining.id}/withdraw")
    assert crew.stranger().get(link).status_code == 404
    late = invited(ada)
    with crew.services.house.database.writing() as session:
        for row in session.query(JoiningRow):
            row.expires_at = now()
    assert crew.stranger().get(late).status_code == 404


def test_a_newer_invitation_takes_the_place_of_the_older(crew, ada):
    old, new = invited(ada), invited(ada, role="viewer")
    assert [crew.stranger().get(one).status_code for one in (old, new)] == [404, 200]


def test_whoever_has_an_account_signs_in_to_accept(crew, ada):
    crew.member("beta", "viewer", BOB)
    link = invited(ada)
    bob = crew.stranger()
    assert "You have an account here already" in bob.get(link).text
    refused = bob.post(
        link,
        data={
            "name": "Not Bob",
            "password": "another long password",
            "form_token": token_in(bob.get("/sign-in").text),
        },
    )
    assert refused.status_code == 422
    typed(bob, f"/sign-in?next={own_path(link)}", address=BOB, password=PASSWORD)
    assert typed(bob, link).status_code == 303
    assert {one.workspace for one in crew.services.house.accounts.memberships(crew.ids[BOB])} == {"Alpha", "Beta"}


def test_an_invitation_is_for_the_address_it_was_made_for(crew, ada):
    eve = crew.member("beta", "viewer", "eve@beta.example")
    link = invited(ada)
    assert "signed in as somebody else" in eve.get(link).text
    assert eve.post(link, data={}).status_code == 422
    assert len(crew.services.house.workplace("alpha").members.all()) == 1


def test_somebody_who_belongs_here_is_not_invited_again(crew, ada):
    crew.member("alpha", "ops", BOB)
    answer = ada.post("/people/invitations", data={"address": BOB.upper(), "role": "viewer"})
    assert answer.status_code == 409
    assert "belongs here already" in answer.text


@pytest.mark.parametrize("address", ["", "bob", "bob@", "a b@c.example", "bob@alpha", "x" * 260 + "@a.example"])
def test_what_is_no_mail_address_is_refused_with_the_reason(ada, address):
    assert ada.post("/people/invitations", data={"address": address, "role": "viewer"}).status_code == 422


def test_a_role_that_does_not_exist_is_refused(ada):
    assert ada.post("/people/invitations", data={"address": BOB, "role": "owner"}).status_code == 422


def test_a_changed_role_holds_at_once_and_is_in_the_log(crew, ada):
    bob = crew.member("alpha", "viewer", BOB)
    assert bob.get("/people").status_code == 403
    ada.post(f"/people/members/{crew.ids[BOB]}/role", data={"role": "ops"})
    assert bob.get("/people").status_code == 200
    assert (ADA, "changed", "change_role", f"{BOB}: viewer → ops") in log(ada)


def test_somebody_removed_is_out_at_once(crew, ada):
    bob = crew.member("alpha", "leader", BOB)
    ada.post(f"/people/members/{crew.ids[BOB]}/remove")
    assert bob.get("/", follow_redirects=False).status_code == 303


def test_the_last_ops_person_stays(crew, ada):
    mine = crew.ids[ADA]
    demoted = ada.post(f"/people/members/{mine}/role", data={"role": "viewer"})
    removed = ada.post(f"/people/members/{mine}/remove")
    assert [demoted.status_code, removed.status_code] == [409, 409]
    assert "Somebody must stay" in removed.text
    assert ada.get("/people").status_code == 200


def test_a_key_is_shown_once_works_and_can_be_revoked(crew, ada):
    made = ada.post("/keys", data={"label": "nightly export", "role": "viewer"}).text
    secret = re.search(r'<code id="secret">([^<]+)</code>', made)[1]
    assert secret.startswith("tlk_")
    page = ada.get("/keys").text
    assert "nightly export" in page
    assert secret not in page
    bearer = {"Authorization": f"Bearer {secret}"}
    assert crew.stranger().get("/api/v1/plans", headers=bearer).status_code == 200
    ada.post(re.search(r"/keys/key-[^/]+/revoke", page)[0])
    assert crew.stranger().get("/api/v1/plans", headers=bearer).status_code == 401


def test_neither_a_key_nor_a_session_nor_a_password_lies_in_the_database_as_it_is(crew, ada):
    secret = crew.services.house.credentials.add_key("alpha", crew.ids[ADA], "x", Role.ops)
    link = invited(ada)
    crew.services.house.database.wipe_deleted()
    folder = crew.services.house._folder
    held = b"".join(path.read_bytes() for path in folder.rglob("throughline.sqlite3*"))
    for planted in (secret, ada.cookies["throughline"], link.rsplit("/", 1)[1], PASSWORD):
        assert planted.encode() not in held


def test_a_person_goes_from_one_workspace_to_another(crew, ada, memo):
    crew.member("beta", "viewer", ADA)
    ada.post("/api/v1/documents", files=memo)
    assert "Harbour strategy" in ada.get("/").text
    here = ada.get("/account").text
    assert "Go to Beta" in here
    moved = ada.post("/workspace", data={"workspace_id": "beta"}, headers={HEADER: token_in(here)})
    assert "Harbour strategy" not in moved.text
    assert ada.get("/people").status_code == 403
    back = ada.post("/workspace", data={"workspace_id": "alpha"}, headers={HEADER: token_in(moved.text)})
    assert "Harbour strategy" in back.text


def token_in(text):
    return re.search(r'name="form_token" value="([^"]+)"', text)[1]


def test_the_log_says_who_saw_changed_exported_and_was_refused_what(crew, ada, memo):
    viewer = crew.member("alpha", "viewer", BOB)
    document = ada.post("/api/v1/documents", files=memo).json()
    viewer.get(f"/api/v1/documents/{document['id']}/passages")
    viewer.get(f"/api/v1/documents/{document['id']}/passages")
    viewer.get(f"/api/v1/documents/{document['id']}/text")
    viewer.delete(f"/api/v1/documents/{document['id']}")
    viewer.get("/api/v1/documents/doc-none")
    seen = [(who, act, what) for who, act, what, _ in log(ada)]
    assert seen.count((BOB, "saw", "list_passages")) == 1
    assert {
        (BOB, "exported", "get_text"),
        (BOB, "refused", "delete_document"),
        (ADA, "changed", "upload_document"),
    } < set(seen)
    assert not any(what == "get_document" for _, _, what in seen)
    page = ada.get("/audit").text
    assert "document “Harbour strategy”" in page
    assert "was refused" in page


def test_the_log_keeps_no_words_of_a_document_so_erasing_it_leaves_none(crew, ada, memo):
    document = ada.post("/api/v1/documents", files=memo).json()
    ada.delete(f"/api/v1/documents/{document['id']}")
    page = ada.get("/audit").text
    assert "Harbour" not in page
    assert "a document that is gone" in page


def test_signing_in_and_out_is_in_the_log(crew, ada):
    bob = crew.member("alpha", "viewer", BOB)
    bob.post("/sign-out")
    typed(crew.stranger(), address=BOB, password=PASSWORD)
    assert [(who, what) for who, _, what, _ in log(ada)][:2] == [(BOB, "sign_in"), (BOB, "sign_out")]


def test_older_entries_of_the_log_are_a_page_away(crew, ada):
    place = crew.services.house.workplace("alpha")
    for number in range(120):
        place.audit.note(Deed(None, f"person {number}", "session", Act.changed, "edit_plan"))
    first = ada.get("/audit").text
    older = re.search(r"/audit\?before=\d+", first)[0]
    assert "person 119" in first
    assert "person 1<" not in first
    assert "person 1<" in ada.get(older).text


def test_without_any_account_the_way_in_says_how_the_first_is_made(crew):
    assert "python -m service people add" in crew.stranger().get("/sign-in").text
