"""What the dashboard reads is what contracts promise: same names, same types, same None."""

import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from pydantic import BaseModel, TypeAdapter

from contracts.rpc import accounts as a
from contracts.rpc import (
    batches,
    campaign_access,
    campaign_rules,
    data_requests,
    documents,
    drafts,
    duty,
    figures,
    forms,
    improvement,
    obligations,
    oversight,
    petitions,
    preparing,
    remedies,
    reminders,
    requests,
    trigger_rules,
    workdays,
)
from contracts.rpc import directory as d
from contracts.rpc import inspections as i
from contracts.rpc import keeping as k
from contracts.rpc import results as r
from contracts.rpc import surveys as s
from contracts.rpc.comments import Comments
from contracts.rpc.league import League
from dashboard.shapes import (
    account,
    inspections,
    keeping,
    kinds,
    matrix,
    reports,
    results,
    survey_setup,
    surveys,
    traces,
)
from dashboard.shapes import documents as document_shapes
from dashboard.shapes import drafts as draft_shapes
from dashboard.shapes import reminders as reminder_shapes
from dashboard.shapes import requests as request_shapes
from dashboard.shapes import workdays as workday_shapes
from gateway.routes.reminders import Urging
from gateway.routes.requests import Reminder
from gateway.routes.traces import Trace

READ: list[tuple[type, type[BaseModel]]] = [
    (matrix.Matrix, oversight.Matrix),
    (surveys.Campaigns, s.Campaigns),
    (surveys.CampaignDetail, s.CampaignDetail),
    (surveys.Demands, s.Demands),
    (results.CampaignResults, r.CampaignResults),
    (results.Signals, r.Signals),
    (keeping.KeepingRules, k.KeepingRules),
    (keeping.DataRequests, data_requests.DataRequests),
    (results.Comments, Comments),
    (results.League, League),
    (surveys.DemandDetail, s.DemandDetail),
    (survey_setup.Forms, forms.Forms),
    (survey_setup.FormDetail, forms.FormDetail),
    (survey_setup.CheckedForm, forms.CheckedForm),
    (survey_setup.CampaignRules, campaign_rules.CampaignRules),
    (survey_setup.Exemptions, campaign_rules.Exemptions),
    (survey_setup.TriggerRules, trigger_rules.TriggerRules),
    (surveys.PublicCampaign, s.PublicCampaign),
    (surveys.CampaignAccess, campaign_access.CampaignAccess),
    (surveys.Batches, batches.Batches),
    (inspections.Inspections, i.Inspections),
    (inspections.InspectionDetail, i.InspectionDetail),
    (inspections.Remedies, remedies.Remedies),
    (inspections.Evaluations, trigger_rules.Evaluations),
    (inspections.Tasks, improvement.ImprovementTasks),
    (inspections.Checklist, duty.Checklist),
    (inspections.DutyRatios, duty.DutyRatios),
    (inspections.Petitions, petitions.Petitions),
    (reports.Obligations, obligations.Obligations),
    (draft_shapes.Draft, drafts.Draft),
    (draft_shapes.FigureOrigin, drafts.FigureOrigin),
    (reports.SigningAuthorities, preparing.SigningAuthorities),
    (reports.ObligationDetail, obligations.ObligationDetail),
    (document_shapes.Documents, documents.Documents),
    (document_shapes.Templates, documents.Templates),
    (kinds.Kinds, obligations.Kinds),
    (reports.Overview, figures.Overview),
    (reports.Figures, figures.Figures),
    (request_shapes.FigureRequests, requests.FigureRequests),
    (request_shapes.FigureRequestDetail, requests.FigureRequestDetail),
    (request_shapes.Reminder, Reminder),
    (reminder_shapes.Reminders, reminders.Reminders),
    (reminder_shapes.ReminderMails, reminders.ReminderMails),
    (reminder_shapes.MailAddresses, reminders.MailAddresses),
    (reminder_shapes.Urging, Urging),
    (workday_shapes.WorkingDays, workdays.WorkingDays),
    (workday_shapes.KindDeadline, workdays.KindDeadline),
    (workday_shapes.Calendar, d.Calendar),
    (account.Me, a.Me),
    (account.Schools, d.Schools),
    (account.Accounts, a.Accounts),
    (traces.Trace, Trace),
]
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


@pytest.mark.parametrize(("shape", "model"), READ, ids=lambda one: one.__name__)
def test_a_shape_reads_what_the_contract_promises(shape: type, model: type[BaseModel]) -> None:
    schema = model.model_json_schema(mode="serialization")
    assert list(differences(shape, schema, schema.get("$defs", {}), shape.__name__)) == []


def differences(hint: Any, schema: Any, defs: Any, where: str) -> Iterator[str]:
    """Where a type hint and a JSON schema disagree."""
    while "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    if is_typeddict(hint):
        yield from _fields(hint, schema, defs, where)
    elif get_origin(hint) in (Union, types.UnionType):
        yield from _union(hint, schema, defs, where)
    elif get_origin(hint) is list:
        yield from _list(hint, schema, defs, where)
    elif hint in PLAIN:
        yield from _plain(hint, schema, where)


def _fields(hint: Any, schema: Any, defs: Any, where: str) -> Iterator[str]:
    for name, inner in get_type_hints(hint).items():
        if name not in schema.get("properties", {}):
            yield f"{where}.{name} is not there"
        else:
            yield from differences(inner, schema["properties"][name], defs, f"{where}.{name}")


def _list(hint: Any, schema: Any, defs: Any, where: str) -> Iterator[str]:
    if schema.get("type") != "array":
        yield f"{where} is {schema}, not a list"
    elif "items" in schema:
        yield from differences(get_args(hint)[0], schema["items"], defs, f"{where}[]")


def _plain(hint: type, schema: Any, where: str) -> Iterator[str]:
    if PLAIN[hint] not in _types(schema):
        yield f"{where} is {schema}, not {PLAIN[hint]}"
    elif "null" in _types(schema):
        yield f"{where} may be null"


def _union(hint: Any, schema: Any, defs: Any, where: str) -> Iterator[str]:
    [inner] = [one for one in get_args(hint) if one is not type(None)]
    variants = schema.get("anyOf", [schema])
    if not any(variant.get("type") == "null" for variant in variants):
        yield f"{where} is never null"
    for variant in variants:
        if variant.get("type") != "null":
            yield from differences(inner, variant, defs, where)


def _types(schema: Any) -> set[str]:
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return {PLAIN[type(value)] for value in values}
    if "anyOf" in schema:
        return set().union(*map(_types, schema["anyOf"]))
    return {schema.get("type", "")}


def test_a_difference_is_found() -> None:
    class Wrong(BaseModel):
        correlation_id: int | None
        events: list[str]

    schema = TypeAdapter(Wrong).json_schema(mode="serialization")
    found = list(differences(traces.Trace, schema, {}, "Trace"))
    assert len(found) == 2 + len(get_type_hints(traces.TraceEvent))
