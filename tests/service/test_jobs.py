import time

import pytest

from corpora.load import load_strategies
from retrieval.parse.child import parse_in_child
from service.engines.patterns.engine import PatternsEngine
from service.errors import ThroughlineError
from service.jobs import Jobs
from service.store.documents import Upload
from service.store.errors import NotFound
from service.store.house import open_house
from service.store.job_records import JobRepository
from service.store.records import JobKind, JobState, PlanState


class NoModel(ThroughlineError):
    """An engine that cannot be built."""


def refuse():
    raise NoModel("No model is set up.")


def stumble():
    raise ZeroDivisionError("planted words")


class Erasing:
    """An engine whose document somebody erases while its intents are found."""

    def __init__(self, house, engine):
        self._house, self._engine = house, engine
        self.info = engine.info
        self.draft = engine.draft

    def find_intents(self, reading):
        for record in self._house.workplace().documents.all():
            self._house.workplace().shelf.remove(record.id)
        return self._engine.find_intents(reading)


@pytest.fixture
def place(tmp_path, workshop):
    house = open_house(tmp_path, workshop.embedder)
    yield house
    house.close()


@pytest.fixture
def jobs(place, tmp_path, workshop):
    library = workshop.library
    engines = {
        "patterns": lambda: PatternsEngine(library.version, library.budgets),
        "refusing": refuse,
        "stumbling": stumble,
        "erasing": lambda: Erasing(place, PatternsEngine(library.version, library.budgets)),
    }
    jobs = Jobs(place, workshop, engines)
    jobs.open(tmp_path / "jobs.sqlite3")
    yield jobs
    jobs.close()


@pytest.fixture
def document(place):
    data = next(one for one in load_strategies() if one.id == "vantry-bank-memo").text.encode()
    return place.workplace().shelf.put(Upload("memo.md", len(data), parse_in_child(data, "memo.md")), data).record


def ended(place, job):
    for _ in range(2400):
        found = place.workplace().jobs.get(job.id)
        if found.state in (JobState.done, JobState.failed):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_job_ends_with_a_plan(jobs, place, document):
    job = jobs.plan(place.workplace(), document.id, "patterns")
    assert ended(place, job).state is JobState.done
    assert place.workplace().plans.get(job.plan_id).state is PlanState.ready


def test_an_ingested_document_is_searchable(jobs, place, document):
    ended(place, jobs.ingest(place.workplace(), document.id))
    assert place.workplace().documents.get(document.id).indexed_with
    assert place.workplace().shelf.search("customers", 3)


def test_the_record_of_durable_work_holds_no_word_of_the_document(jobs, place, document, tmp_path):
    ended(place, jobs.plan(place.workplace(), document.id, "patterns"))
    jobs.close()
    quote = place.workplace().documents.passages(document.id)[0].text.split(". ")[0].encode()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("jobs.sqlite3*"))
    assert quote not in kept


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        pytest.param("refusing", "No model is set up.", id="a refusal"),
        pytest.param("stumbling", "service", id="a fault"),
    ],
)
def test_a_failed_job_says_why_where_people_look(jobs, place, document, engine, reason):
    job = ended(place, jobs.plan(place.workplace(), document.id, engine))
    plan = place.workplace().plans.get(job.plan_id)
    last = place.workplace().plans.events(job.plan_id)[-1]
    assert job.state is JobState.failed
    assert plan.state is PlanState.failed
    assert reason in job.problem
    assert "planted" not in job.problem
    assert (last.kind, last.data) == ("failed", {"reason": job.problem})


def test_the_plan_has_failed_before_its_job_says_so(jobs, place, document, monkeypatch):
    seen = []
    update = JobRepository.update

    def look(self, job_id, state, stage=None, problem=None):
        if state is JobState.failed:
            plan_id = place.workplace().jobs.get(job_id).plan_id
            seen.append((place.workplace().plans.get(plan_id).state, place.workplace().plans.events(plan_id)[-1].kind))
        return update(self, job_id, state, stage, problem)

    monkeypatch.setattr(JobRepository, "update", look)
    ended(place, jobs.plan(place.workplace(), document.id, "refusing"))
    assert seen == [(PlanState.failed, "failed")]


def test_a_document_erased_while_its_plan_is_written_leaves_no_byte_behind(jobs, place, document, tmp_path):
    job = jobs.plan(place.workplace(), document.id, "erasing")
    data = b"We will answer every letter within two days.\n"
    with pytest.raises(NotFound):
        ended(place, job)
    later = place.workplace().shelf.put(Upload("next.txt", len(data), parse_in_child(data, "next.txt")), data).record
    assert (
        ended(place, jobs.ingest(place.workplace(), later.id)).state is JobState.done
    )  # one at a time, so that is past
    with pytest.raises(NotFound):
        place.workplace().plans.get(job.plan_id)
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).lower()
    assert [word for word in (b"penn street", b"corvex", b"lending") if word in left] == []


def test_no_job_is_started_for_a_document_that_is_not_there(jobs, place):
    with pytest.raises(NotFound):
        jobs.plan(place.workplace(), "doc-none", "patterns")


def test_a_job_written_down_but_never_queued_is_taken_up_at_the_next_start(place, document, workshop, tmp_path):
    job = place.workplace().jobs.add(JobKind.ingest, document.id)
    jobs = Jobs(place, workshop, {})
    jobs.open(tmp_path / "jobs.sqlite3")
    assert ended(place, job).state is JobState.done
    jobs.close()
