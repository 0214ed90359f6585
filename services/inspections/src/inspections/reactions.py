"""What inspections does when others tell something: the table event → effect."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from contracts.events import directory, surveys
from inspections import metrics
from inspections.application.judging import judge_event
from inspections.application.moving import move_due_dates
from inspections.storage.schools import SchoolRepository
from inspections.storage.tallies import TallyRepository
from inspections.storage.unit_of_work import Units
from inspections.storage.withdrawals import WithdrawalRepository
from messaging import Delivery, Handlers


def make_handlers(units: Units) -> Handlers:
    """Return the handlers of all events that contracts' table delivers to inspections."""
    handlers = Handlers("inspections")

    def judge(connection: Connection, delivery: Delivery[Any]) -> None:
        work = units.within(connection, delivery)
        for evaluation in judge_event(work, delivery.event, delivery.envelope):
            metrics.evaluated(connection, evaluation)

    def move(connection: Connection, delivery: Delivery[directory.CalendarChanged]) -> None:
        work = units.within(connection, delivery)
        if work.moved_days.learn(delivery.event):
            move_due_dates(work, delivery.event.day, delivery.event.legal_basis)

    handlers.on(directory.SchoolRegistered)(school_told)
    handlers.on(directory.SchoolChanged)(school_told)
    handlers.on(directory.SchoolClosed)(school_told)
    handlers.on(directory.CalendarChanged)(move)
    handlers.on_batch(surveys.ResponseSubmitted)(responses_submitted)
    handlers.on(surveys.ImproperDemandReported)(judge)
    handlers.on(surveys.CampaignClosed)(judge)
    handlers.on(surveys.ResponsesWithdrawn)(responses_withdrawn)
    handlers.on(surveys.ImproperDemandWithdrawn)(demand_withdrawn)
    return handlers


def responses_submitted(
    connection: Connection, deliveries: Sequence[Delivery[surveys.ResponseSubmitted]]
) -> None:
    """Count answers per campaign, so that a proposal can say "2 of 120 answers"."""
    TallyRepository(connection).count(
        Counter((one.event.campaign_id, one.event.school) for one in deliveries)
    )


def responses_withdrawn(
    connection: Connection, delivery: Delivery[surveys.ResponsesWithdrawn]
) -> None:
    """Count undone answers no more."""
    event = delivery.event
    TallyRepository(connection).count({(event.campaign_id, event.school): -event.answers})


def demand_withdrawn(
    connection: Connection, delivery: Delivery[surveys.ImproperDemandWithdrawn]
) -> None:
    """Count a withdrawn report no more; the inspection that it led to stays a person's to drop.

    All reports of its chain came with one batch and are withdrawn together.
    """
    event, chain = delivery.event, delivery.envelope.correlationid
    WithdrawalRepository(connection).withdraw(
        event.report_id, event.campaign_id, chain, event.withdrawn_on
    )


def school_told(connection: Connection, delivery: Delivery[Any]) -> None:
    """Know the school, its title, and the last day until which duty checks are asked of it."""
    SchoolRepository(connection).learn(delivery.event)
