"""One parent's filled-in page, read by its form; all state travels in the page itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from contracts.answers import AnswerError
from contracts.events.surveys import DemandKind
from contracts.forms import NO, YES, Form, Group
from contracts.rpc.surveys import Demand, SubmissionId

_SUBMISSION_ID: Final = TypeAdapter[UUID](SubmissionId)
_DEMAND_KINDS: Final[tuple[DemandKind, ...]] = ("papers", "fee", "other")


@dataclass(frozen=True)
class DemandFields:
    """What was typed about an improper demand, as it was typed."""

    kind: str = ""
    what: str = ""
    when: str = ""
    head: bool = False


@dataclass(frozen=True)
class Sheet:
    """A posted page. `submission_id` is None when the page had none that can be used."""

    submission_id: UUID | None
    answers: dict[str, str | int]
    typed: DemandFields
    demand: Demand | None
    errors: tuple[AnswerError, ...]


def read_sheet(form: Form, fields: Mapping[str, str]) -> Sheet:
    """Read the fields that the form knows; others are nobody's."""
    codes = [item.code for _, item in form.placed_items()]
    if form.filter is not None:
        codes.append(form.filter.code)
    answers: dict[str, str | int] = {c: fields[c] for c in codes if fields.get(c, "").strip()}
    typed = DemandFields(
        kind=fields.get("demand-kind", ""),
        what=fields.get("demand-what", ""),
        when=fields.get("demand-when", ""),
        head="demand-head" in fields,
    )
    demand, errors = _demand(form, answers, typed)
    return Sheet(_submission_id(fields), answers, typed, demand, errors)


def shown_groups(form: Form, answers: Mapping[str, str | int]) -> list[Group]:
    """Return the groups that the page asks: after the filter "no" those that it doesn't touch."""
    skipping = form.filter is not None and answers.get(form.filter.code) == NO
    return [group for group in form.groups if not (skipping and group.filtered)]


def _submission_id(fields: Mapping[str, str]) -> UUID | None:
    try:
        return _SUBMISSION_ID.validate_python(fields.get("submission_id", ""))
    except ValidationError:
        return None


def _demand(
    form: Form, answers: Mapping[str, str | int], typed: DemandFields
) -> tuple[Demand | None, tuple[AnswerError, ...]]:
    """Return the report of an improper demand: told by a "yes", or by details without a "no"."""
    if form.demand is None:
        return None, ()
    answer = answers.get(form.demand)
    if answer != YES and (answer is not None or not (typed.what.strip() or typed.when.strip())):
        return None, ()
    kind = next((kind for kind in _DEMAND_KINDS if kind == typed.kind), "other")
    try:
        demand = Demand(kind=kind, what=typed.what, when=typed.when, concerns_head=typed.head)
    except ValidationError:
        return None, (AnswerError(item=form.demand, code="too_long"),)
    return demand, ()
