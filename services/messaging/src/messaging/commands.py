"""`kipthoi events list|show|replay|discard|republish` and `kipthoi topology apply|check`."""

import argparse
import getpass
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from amqp.exceptions import PreconditionFailed
from sqlalchemy import Engine, create_engine, make_url

from contracts.events import EVENTS, events_for
from contracts.events.registry import SERVICES
from messaging import operating, topology
from messaging.cli import Refused
from messaging.tables import PARKED, RETRYING, STATES


def add_events(commands: Any) -> None:
    """Add `events` to the operator's command."""
    events = commands.add_parser("events", help="what became of events").add_subparsers(
        required=True, metavar="ACTION"
    )
    listing = _action(events, "list", _list, "reactions that are not finished, or in other states")
    listing.add_argument("--state", action="append", choices=STATES)
    listing.add_argument("--event", choices=sorted(EVENTS), metavar="NAME")
    listing.add_argument("--limit", type=int, default=100)
    show = _action(events, "show", _show, "one reaction with its envelope")
    show.add_argument("id", type=UUID)
    replay = _action(events, "replay", _replay, "try parked reactions again")
    replay.add_argument("ids", nargs="*", type=UUID, metavar="ID")
    replay.add_argument("--event", choices=sorted(EVENTS), metavar="NAME")
    replay.add_argument("--all", action="store_true", help="everything that is parked")
    discard = _action(events, "discard", _discard, "give reactions up")
    discard.add_argument("ids", nargs="+", type=UUID, metavar="ID")
    again = _action(events, "republish", _republish, "send kept events again")
    again.add_argument("--event", action="append", choices=sorted(EVENTS), metavar="NAME")
    again.add_argument("--since", type=_moment, metavar="TIME", help="recorded at or after")
    again.add_argument("--to", choices=SERVICES, metavar="SERVICE", help="to this consumer alone")


def add_topology(commands: Any) -> None:
    """Add `topology` to the operator's command."""
    parser = commands.add_parser("topology", help="the broker's exchanges, queues and bindings")
    parser.add_argument("action", choices=("apply", "check"))
    parser.set_defaults(run=_topology)


def _action(
    actions: Any, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=summary, description=summary)
    parser.add_argument(
        "--service", choices=SERVICES, metavar="SERVICE", help="only in its database"
    )
    parser.set_defaults(run=run)
    return parser


def _list(options: argparse.Namespace) -> int:
    found = 0
    states = options.state or (RETRYING, PARKED)
    for service, engine in _databases(options.service):
        with engine.connect() as connection:
            for row in operating.find(connection, states, options.event, options.limit):
                found += 1
                _say(
                    f"{service:<12} {row.event_id}  {row.type:<34} {row.state:<9}"
                    f" attempts={row.attempts} {row.changed_at:%Y-%m-%d %H:%M:%S%z} {row.reason}"
                )
    return 0 if found else 1


def _show(options: argparse.Namespace) -> int:
    found = 0
    for service, engine in _databases(options.service):
        with engine.connect() as connection:
            row = operating.get(connection, options.id)
        if row is None:
            continue
        found += 1
        for name, value in row._mapping.items():  # noqa: SLF001  SQLAlchemy's public name
            if name != "body":
                _say(f"{name:<12} {value}")
        _say(f"{'service':<12} {service}\n{bytes(row.body).decode(errors='replace')}")
    return 0 if found else 1


def _replay(options: argparse.Namespace) -> int:
    if bool(options.ids) == bool(options.all or options.event):
        raise Refused("name ids, or --event, or --all")
    return _decide(
        options,
        "replayed",
        lambda connection, who: operating.replay(
            connection, options.ids or None, options.event, who
        ),
    )


def _discard(options: argparse.Namespace) -> int:
    return _decide(
        options,
        "discarded",
        lambda connection, who: operating.discard(connection, options.ids, who),
    )


def _decide(
    options: argparse.Namespace, word: str, change: Callable[[Any, str], list[UUID]]
) -> int:
    found = 0
    for service, engine in _databases(options.service):
        with engine.begin() as connection:
            for event_id in change(connection, getpass.getuser()):
                found += 1
                _say(f"{word} {event_id} in {service}")
    return 0 if found else 1


def _republish(options: argparse.Namespace) -> int:
    if not (options.event or options.since or options.to):
        raise Refused("name --event, --since or --to: everything to everybody is too much")
    names = options.event
    if options.to:
        consumed = events_for(options.to)
        foreign = sorted(set(names or ()) - set(consumed))
        if foreign:
            raise Refused(f"{options.to} does not consume {', '.join(foreign)}")
        names = names or consumed
    found = 0
    for service, engine in _databases(options.service):
        with engine.begin() as connection:
            count = operating.republish(
                connection, names=names, since=options.since, target=options.to
            )
        found += count
        _say(f"{count} events of {service} will be published again")
    return 0 if found else 1


def _topology(options: argparse.Namespace) -> int:
    amqp_url = os.environ.get("AMQP_URL")
    if not amqp_url:
        raise Refused("AMQP_URL is not set")
    try:
        if options.action == "apply":
            topology.apply(amqp_url)
        for service in SERVICES:
            topology.check(amqp_url, service)
    except (topology.TopologyMissing, PreconditionFailed) as error:
        raise Refused(str(error)) from error
    _say("the topology is as contracts' table says")
    return 0


def _databases(only: str | None) -> Iterator[tuple[str, Engine]]:
    """Yield the services whose database address the environment has, outside eventlet."""
    urls = {
        service: os.environ.get(f"KIPTHOI_{service.upper()}_DATABASE_URL")
        for service in ([only] if only else SERVICES)
    }
    if not any(urls.values()):
        raise Refused(f"KIPTHOI_{(only or '<service>').upper()}_DATABASE_URL is not set")
    for service, url in urls.items():
        if url:
            engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
            try:
                yield service, engine
            finally:
                engine.dispose()


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _say(line: str) -> None:
    print(line)  # noqa: T201  a command talks to a terminal
