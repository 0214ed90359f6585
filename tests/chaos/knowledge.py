"""What each service knows after a fault run, put beside what the one before it knows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol

from contracts.events import events_for
from tests.chaos.comparing import Claim
from tests.chaos.load import Ledger
from tests.support.system import SERVICES

DEMAND = "surveys.improper_demand_reported"


class Databases(Protocol):
    """Whatever can ask the database of a service."""

    def rows(self, service: str, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""


class Knowledge:
    """The databases of a system, asked for what they hold and how often."""

    def __init__(self, system: Databases) -> None:
        self._system = system

    def things(self, service: str, sql: str) -> Counter[str]:
        """Count the values of a query's only column."""
        return Counter(str(value) for (value,) in self._system.rows(service, sql))

    def sums(self, service: str, sql: str) -> Counter[str]:
        """Read a query's two columns as a thing and how often it was counted."""
        return Counter({str(value): int(n) for value, n in self._system.rows(service, sql)})

    def told(self, service: str, event: str, field: str) -> Counter[str]:
        """Count the values of a field in the events that a service told."""
        return self.things(service, f"SELECT data->>'{field}' FROM events WHERE type = '{event}'")  # noqa: S608

    def claims(self, ledger: Ledger) -> list[Claim]:
        """Return everything that must be so once the system has settled."""
        return [
            *self._answers(ledger),
            *self._demands(ledger),
            *self._deliveries(),
            *self._schools(ledger),
        ]

    def _answers(self, ledger: Ledger) -> Iterator[Claim]:
        acknowledged = Counter(ledger.acknowledged)
        stored = self.things("surveys", "SELECT submission_id FROM responses")
        yield Claim("acknowledged answers in surveys", acknowledged, stored, promised=True)
        # Behind surveys an answer has no id that leads back to it: its campaign is counted.
        by_campaign = self.things("surveys", "SELECT campaign_id FROM responses")
        for what, counted in {
            "told by surveys": self.told("surveys", "surveys.response_submitted", "campaign_id"),
            "counted by inspections": self.sums(
                "inspections", "SELECT campaign_id, answers FROM answer_tallies"
            ),
            "counted by reports": self.sums(
                "reports", "SELECT campaign_id, sum(answers) FROM answer_counts GROUP BY 1"
            ),
        }.items():
            yield Claim(f"answers of each campaign {what}", by_campaign, counted)

    def _demands(self, ledger: Ledger) -> Iterator[Claim]:
        reported = Counter(ledger.sent[demand] for demand in ledger.demands & ledger.acknowledged)
        stored = self.things(
            "surveys", "SELECT slug FROM demand_reports d JOIN campaigns c ON c.id = campaign_id"
        )
        yield Claim("acknowledged demands of each campaign", reported, stored, promised=True)
        reports = self.things("surveys", "SELECT id FROM demand_reports")
        yield Claim("demands told by surveys", reports, self.told("surveys", DEMAND, "report_id"))
        known = self.things("reports", "SELECT matter_id FROM matters WHERE sort = 'demand'")
        yield Claim("demands in reports", reports, known)

        events = self.things("surveys", f"SELECT id FROM events WHERE type = '{DEMAND}'")  # noqa: S608
        judged = f"SELECT event_id FROM evaluations WHERE fired AND event_type = '{DEMAND}'"  # noqa: S608
        yield Claim("demands judged", events, self.things("inspections", judged))
        led = self.things("inspections", "SELECT event_id FROM inspection_triggers")
        yield Claim("demands that led to an inspection", events, led)

        # Nobody orders one here, so that all demands of a school meet in one proposal.
        demanding = self.things("surveys", "SELECT DISTINCT school FROM demand_reports")
        proposed = self.things("inspections", "SELECT school FROM inspections")
        yield Claim("one inspection for each school with a demand", demanding, proposed)
        inspections = self.things("inspections", "SELECT id FROM inspections")
        event = "inspections.inspection_proposed"
        told = self.told("inspections", event, "inspection_id")
        yield Claim("proposals told by inspections", inspections, told)
        matters = self.things("reports", "SELECT matter_id FROM matters WHERE sort = 'inspection'")
        yield Claim("inspections in reports", inspections, matters)

    def _deliveries(self) -> Iterator[Claim]:
        """Every event of every service is in the inbox of each of its consumers."""
        told = [
            (name, str(event))
            for service in SERVICES
            for name, event in self._system.rows(service, "SELECT type, id FROM events")
        ]
        for consumer in SERVICES:
            consumed = events_for(consumer)
            due = Counter(event for name, event in told if name in consumed)
            inbox = self.things(consumer, "SELECT event_id FROM inbox")
            yield Claim(f"events in the inbox of {consumer}", due, inbox)

    def _schools(self, ledger: Ledger) -> Iterator[Claim]:
        """The last name that was acknowledged is the one that every service knows."""
        named = Counter(f"{code} {title}" for code, title in ledger.titles.items())
        units = "(SELECT code, title FROM units JOIN schools USING (code)) schools"
        for service in SERVICES:
            kept = units if service == "directory" else "schools"
            known = self.things(service, f"SELECT code || ' ' || title FROM {kept}")  # noqa: S608
            yield Claim(f"names of schools in {service}", named, known, promised=True)
