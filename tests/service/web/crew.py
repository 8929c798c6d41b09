"""People at work in shared mode: accounts, browsers that send forms as a page would, a furnished workspace."""

import io
import time
from dataclasses import dataclass, field

import docx
from starlette.testclient import TestClient

from corpora.load import load_practices
from service.people import Role
from service.web.tokens import HEADER, token_of

BASE = "http://127.0.0.1:8321"
#: What a newer version of a furnished workspace's strategy says otherwise.
OLDER, NEWER = "to monthly decisions", "to weekly decisions"
PASSWORD = "seven quiet herons"
#: A word that stands in everything of one workspace, and must be seen in no other.
SECRET = "zanzibarque"
THEIRS = f"""# The {SECRET} strategy

## Where {SECRET} goes

We will move from yearly planning to monthly decisions made by the {SECRET} crews together with passengers.
By 2027, we will cut cancelled {SECRET} sailings by half, because islanders depend on them.
Our first priority is to let every {SECRET} crew talk with passengers before a timetable changes.
"""


def flat(routes):
    """Every route with its whole path and its parameters, those of included routers too."""
    for route in routes:
        if hasattr(route, "effective_candidates"):
            yield from flat(route.effective_candidates())
        elif hasattr(route, "dependant"):
            yield route


@dataclass
class Crew:
    """Makes people and their browsers over one application."""

    app: object
    services: object
    hashed: str
    ids: dict = field(default_factory=dict)

    def account(self, address, name=None):
        house = self.services.house
        return house.accounts.with_address(address) or house.accounts.add(address, name or address, self.hashed)

    def member(self, workspace, role, address):
        """A browser of somebody who is signed in there; what it sends carries the form's token."""
        house = self.services.house
        house.workspaces.ensure(workspace, workspace.title())
        account = self.account(address)
        house.workplace(workspace).members.add(account.id, Role(role))
        secret = house.credentials.begin_session(account.id, workspace)
        self.ids[address] = account.id
        browser = self.stranger()
        browser.cookies.set("throughline", secret, domain="127.0.0.1", path="/")
        browser.headers[HEADER] = token_of(secret)
        return browser

    def stranger(self):
        browser = TestClient(self.app, base_url=BASE)
        browser.headers["Accept"] = "text/html, application/json"
        return browser

    def program(self, workspace, role, address):
        """A client with a key."""
        key = self.services.house.credentials.add_key(workspace, self.ids[address], "nightly", Role(role))
        client = TestClient(self.app, base_url=BASE)
        client.headers["Authorization"] = f"Bearer {key}"
        return client


def furnish(crew, browser, workspace, text, name):
    """A document, its plan, a newer version that is being settled, a proposal, a link, a reply, a practice, a key and
    an invitation: the id of each by its kind.
    """
    document = browser.post("/api/v1/documents", files={"file": (f"{name}.md", text.encode(), "text/markdown")}).json()
    job = browser.post(f"/api/v1/documents/{document['id']}/plans", json={}).json()
    browser.get(job["events"])  # ends when the plan is written
    plan = browser.get(job["plan"]).json()["plan"]
    item = (plan["behaviours"] + plan["rituals"])[0]
    draft = browser.post(f"{job['plan']}/items/{item['id']}/drafts", json={"remark": "fewer words please"}).json()
    bring_newer(browser, job["plan"], text, name)
    place = crew.services.house.workplace(workspace)
    place.catchball.invite(job["plan_id"], "team", name, name)
    said = {f"kind-{item['id']}": "comment", f"words-{item['id']}": f"{name} says so"}
    browser.post(f"/plans/{job['plan_id']}/reply", data=said)
    place.members.invite(f"new@{name}.example", Role.viewer, name)
    owner = place.members.all()[0].account_id
    crew.services.house.credentials.add_key(workspace, owner, f"{name} key", Role.viewer)
    return {
        "document_id": document["id"],
        "plan_id": job["plan_id"],
        "job_id": job["id"],
        "item_id": item["id"],
        "proposal_id": draft["id"],
        "invitation_id": place.catchball.invitations(job["plan_id"])[0].id,
        "response_id": place.catchball.responses(job["plan_id"])[0].id,
        "joining_id": place.members.invitations()[0].id,
        "key_id": crew.services.house.credentials.keys(workspace)[0].id,
        "account_id": owner,
        "practice_id": add_practice(browser, workspace, name),
        "workspace_id": workspace,
    }


def bring_newer(browser, plan, text, name):
    """The plan held against a newer version of its document, until that waits to be settled."""
    newer = {"file": (f"{name}-2.md", text.replace(OLDER, NEWER).encode(), "text/markdown")}
    found = browser.post(f"{plan}/strategy", files=newer).json()
    while found["progress"] == "comparing":
        time.sleep(0.05)
        found = browser.get(f"{plan}/strategy").json()
    assert found["progress"] == "settling", found


def add_practice(browser, workspace, name):
    """The id of a practice of the workspace's own; the name stands in its words, not in its id."""
    source = next(one for one in load_practices() if one.id == "weekly-customer-interview")
    entry = source.model_dump(mode="json", exclude_none=True, exclude={"id", "number"})
    serves = [*entry["serves"], f"Ask the {name} crews weekly."]
    entry |= {"name": f"{workspace} question", "needs": [], "serves": serves}
    return browser.post("/api/v1/practices", json=entry).json()["id"]


def word_file():
    """A Word file without a reply table."""
    out = io.BytesIO()
    file = docx.Document()
    file.add_paragraph("Nothing to reply.")
    file.save(out)
    return out.getvalue()
