"""Durable work: ingesting a document and writing its plan, resumed after a kill.

Owns: the workflows, alone imports dbos. Must not know: the web, how a plan is made (see `pipeline`).
Workflow arguments and step outputs are ids and states, never text: a second copy would escape erasure.
A finished step is skipped when a killed process resumes, an interrupted one runs again.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dbos import DBOS, DBOSConfig, SetWorkflowID

from retrieval.parse.errors import UnreadableDocument
from service.errors import ThroughlineError
from service.following import Following
from service.pipeline import Ingested, Workshop, make_plan
from service.plan.plan import Plan, Status
from service.plan.profile import Profile
from service.plan.proposals import Engine
from service.store.database import sqlite_url
from service.store.errors import NotFound, PlanErased
from service.store.house import House, Workplace
from service.store.records import JobKind, JobRecord, JobState, PlanState, RevisionState
from service.tailoring.effect import calendar_beside_load, profile_effect
from service.telling import Telling
from service.workshops import Workshops

if TYPE_CHECKING:
    from dbos import WorkflowHandle

log = logging.getLogger(__name__)

#: Builds an engine for one plan; engines that count tokens are not shared.
MakeEngine = Callable[[], Engine]
_QUEUE = "work"
_POLL_SECONDS = 0.2
#: How long closing may wait for the listener to messages between workflows, which nothing here sends.
_CLOSING_SECONDS = 0.05
#: Fixed, so that a newer release resumes the work of an older one.
_VERSION = "1"
_FAULT = "Something went wrong in the service itself; its log has the details. Try again, or try another engine."


@dataclass(frozen=True, slots=True)
class Work:
    """One job and the workspace it belongs to."""

    place: Workplace
    job: JobRecord


class Jobs:
    """Starts durable work and runs it, off the event loop. One instance a process (a limit of dbos)."""

    def __init__(self, house: House, workshop: Workshop, engines: Mapping[str, MakeEngine], at_once: int = 1) -> None:
        self._house = house
        self.workshops = Workshops(workshop)
        self.following = Following.of(self.workshops)
        self._engines = engines
        self._at_once = at_once
        self._workflow: Callable[[str, str], str] | None = None

    @property
    def engine_names(self) -> tuple[str, ...]:
        """Engines that a plan can be asked of."""
        return tuple(self._engines)

    def open(self, database: Path) -> None:
        """Start the workers; work that a killed process left is taken up again."""
        config: DBOSConfig = {
            "name": "throughline",
            "system_database_url": sqlite_url(database),
            "application_version": _VERSION,
            "executor_id": "local",
            "log_level": "WARNING",
            "enable_otlp": False,
            "notification_listener_polling_interval_sec": _CLOSING_SECONDS,
        }
        DBOS(config=config)
        self._workflow = DBOS.workflow(name="work")(_as_function(self._run))
        DBOS.launch()
        DBOS.register_queue(
            _QUEUE,
            worker_concurrency=self._at_once,
            polling_interval_sec=_POLL_SECONDS,
            on_conflict="always_update",
        )
        self._take_up()

    def close(self) -> None:
        """Stop the workers; unfinished work goes on at the next start."""
        DBOS.destroy(destroy_registry=True)
        self._workflow = None

    def ingest(self, place: Workplace, document_id: str) -> JobRecord:
        """Make a document searchable."""
        return self._start(place, place.jobs.add(JobKind.ingest, document_id))

    def plan(self, place: Workplace, document_id: str, engine: str) -> JobRecord:
        """Write a plan for a document's newest text.

        Raises:
            service.store.errors.NotFound: no such document.
            KeyError: no such engine.
        """
        if engine not in self._engines:
            raise KeyError(engine)
        plan = place.plans.add(place.documents.get(document_id), engine)
        place.plans.tell(plan.id, "queued")
        return self._start(place, place.jobs.add(JobKind.plan, document_id, plan.id))

    def compare(self, place: Workplace, plan_id: str) -> JobRecord:
        """Hold a plan against the newer version of its document that its latest revision names.

        Raises:
            service.store.errors.NotFound: there is no such plan or document.
        """
        document_id = place.plans.get(plan_id).document_id
        if document_id is None:
            raise NotFound("The document of this plan was erased.")
        return self._start(place, place.jobs.add(JobKind.compare, document_id, plan_id))

    def _effect(
        self, ingested: Ingested, workshop: Workshop, engine: str, plan: Plan, profile: Profile
    ) -> tuple[str, ...]:
        """What the profile changed; where a model worded the plan, only the calendar beside its load."""
        beside = calendar_beside_load(plan, profile)
        if plan.engine.name != "patterns":
            return beside
        plain = make_plan(ingested, workshop, self._engines[engine]())
        return (*profile_effect(plain, plan), *beside)

    def _start(self, place: Workplace, job: JobRecord) -> JobRecord:
        if self._workflow is None:
            raise RuntimeError("open the jobs before starting one")
        with SetWorkflowID(job.id):  # the same id again is the same workflow
            handle: WorkflowHandle[str] = DBOS.enqueue_workflow(_QUEUE, self._workflow, place.workspace_id, job.id)
        log.debug("job %s is queued", handle.workflow_id)
        return job

    def _take_up(self) -> None:
        """Jobs that were written down but never queued, since the process died between the two."""
        for name in self._house.workspaces.ids():
            place = self._house.workplace(name)
            for job in place.jobs.waiting():
                self._start(place, job)

    def _run(self, workspace_id: str, job_id: str) -> str:
        """The workflow: read in, then write the plan."""
        state = DBOS.run_step({"name": "ingest"}, self._attempt, self._ingest, workspace_id, job_id)
        if state == JobState.running.value:
            state = DBOS.run_step({"name": "plan"}, self._attempt, self._write, workspace_id, job_id)
        return state

    def _attempt(self, step: Callable[[Work], JobState], workspace_id: str, job_id: str) -> str:
        """Run a step; whatever goes wrong is written down where people see it, and never into the workflow."""
        place = self._house.workplace(workspace_id)
        try:
            work = Work(place, place.jobs.get(job_id))
        except NotFound:  # the document was deleted, and its jobs with it
            return JobState.failed.value
        try:
            return step(work).value
        except (ThroughlineError, UnreadableDocument) as error:
            return _fail(work, str(error)).value
        except Exception as error:  # one failed job must be recorded and must not stop the others
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("job %s failed: %s\n%s", job_id, type(error).__name__, where)  # its message may hold words
            return _fail(work, _FAULT).value

    def _ingest(self, work: Work) -> JobState:
        job = work.job
        if job.document_id is None:
            raise NotFound(f"The job {job.id} has no document.")
        work.place.jobs.update(job.id, JobState.running, "parsing")
        if job.plan_id and job.kind is JobKind.plan:
            work.place.plans.set_state(job.plan_id, PlanState.making)
            work.place.plans.tell(job.plan_id, "stage", {"stage": "parsing"})
        work.place.shelf.ingest(job.document_id)
        if job.kind is not JobKind.ingest:
            return JobState.running
        work.place.jobs.update(job.id, JobState.done)
        return JobState.done

    def _compare(self, work: Work) -> JobState:
        """Compare where that is still to be done; a resumed job does not mark the plan twice."""
        job, place = work.job, work.place
        revision = place.revisions.latest(job.plan_id or "")
        if revision is None:
            raise NotFound(f"The job {job.id} has nothing to compare.")
        if revision.state is RevisionState.comparing:
            place.jobs.update(job.id, JobState.running, "comparing")
            record = place.plans.get(revision.plan_id)
            engine = self._engines.get(record.engine) or next(iter(self._engines.values()))
            self.following.compare(place, revision, engine())
        place.jobs.update(job.id, JobState.done)
        return JobState.done

    def _write(self, work: Work) -> JobState:
        return self._compare(work) if work.job.kind is JobKind.compare else self._plan(work)

    def _plan(self, work: Work) -> JobState:
        job, place = work.job, work.place
        if job.document_id is None or job.plan_id is None:
            raise NotFound(f"The job {job.id} has no plan.")
        record = place.plans.get(job.plan_id)
        telling = Telling(place.plans, record.id, lambda stage: place.jobs.update(job.id, JobState.running, stage))
        if record.current is None:
            telling.begin()
            ingested = place.shelf.ingest(job.document_id, record.text_id)
            engine = self._engines[record.engine]()
            profile, workshop = place.profile.get(), self.workshops.of(place)
            plan = make_plan(ingested, workshop, engine, emit=telling.card, progress=telling.stage, profile=profile)
            telling.settle(plan)
            if profile is not None and plan.status is Status.ready:
                telling.profile(self._effect(ingested, workshop, record.engine, plan, profile))
            place.plans.add_version(record.id, plan.model_dump_json(), author=record.engine, reason="first draft")
        else:
            plan = Plan.model_validate_json(place.plans.version(record.id).content)
        state = PlanState.ready if plan.status is Status.ready else PlanState.no_strategic_intent
        place.plans.set_state(record.id, state)
        telling.done(state)
        place.jobs.update(job.id, JobState.done)
        return JobState.done


def _as_function(run: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """The library marks what it registers, and a bound method cannot be marked."""

    def work(workspace_id: str, job_id: str) -> str:
        return run(workspace_id, job_id)

    return work


def _fail(work: Work, reason: str) -> JobState:
    """The job is written last: whoever sees it failed finds the reason on the plan or its revision too."""
    if work.job.kind is JobKind.compare:
        revision = work.place.revisions.latest(work.job.plan_id or "")
        if revision is not None and revision.state is RevisionState.comparing:
            work.place.revisions.failed(revision.id, reason)
    elif work.job.plan_id:
        work.place.plans.set_state(work.job.plan_id, PlanState.failed, reason)
        with suppress(NotFound, PlanErased):  # the document was erased meanwhile
            work.place.plans.tell(work.job.plan_id, "failed", {"reason": reason})
    work.place.jobs.update(work.job.id, JobState.failed, problem=reason)
    return JobState.failed
