"""Improvement tasks: given by a rule, closed with evidence."""

from uuid import UUID, uuid4

from contracts.events import Event
from contracts.events.inspections import HandledAt
from contracts.problems import Problem
from contracts.rpc import improvement as messages
from inspections.application.chains import tell
from inspections.application.facts import task_assigned
from inspections.application.showing import show_tasks
from inspections.domain.rules import Rule
from inspections.domain.task import ImprovementTask
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def assign_task(
    work: InspectionsUnitOfWork, rule: Rule, event: Event, side: HandledAt
) -> ImprovementTask:
    """Give a school the task that its campaign calls for; one per campaign and rule."""
    campaign: UUID = event.payload()["campaign_id"]
    task = ImprovementTask(
        id=uuid4(),
        school=event.subject or "",
        handled_at=side,
        state="open",
        due_from=work.today,
        working_days=rule.working_days,
        due_on=work.calendar.add(work.today, rule.working_days),
        correlation_id=work.trace.correlation_id,
        last_event_id=work.trace.causation_id,
        version=1,
        campaign_id=UUID(str(campaign)),
        rule=rule.code,
    )
    if not work.tasks.add(task):
        c = work.tasks.table.c
        return work.tasks.where(c.campaign_id == task.campaign_id, c.rule == rule.code)[0]
    task = tell(work, task, task_assigned(task))
    work.tasks.save(task)
    return task


def list_tasks(
    work: InspectionsUnitOfWork, wanted: messages.ListImprovementTasks
) -> messages.ImprovementTasks:
    """Return the tasks in the actor's scope."""
    found = work.tasks.listed(work.actor, school=wanted.school, state=wanted.state)
    return messages.ImprovementTasks(items=tuple(show_tasks(work, found)))


def close_task(
    work: InspectionsUnitOfWork, wanted: messages.CloseImprovementTask
) -> messages.ImprovementTask:
    """Close a task with what shows that it is done."""
    task = work.tasks.alone(wanted.task_id, work.actor)
    if task is None:
        raise Problem("resource.not_found")
    closed = task.close(work.today, wanted.evidence)
    work.tasks.save(closed)
    work.audit(
        "close_improvement_task",
        str(task.id),
        school=task.school,
        before={"state": task.state},
        after={"state": closed.state, "closed_on": work.today.isoformat()},
    )
    return show_tasks(work, [closed])[0]
