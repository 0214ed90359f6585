"""What the gateway takes as the body of each command that the dashboard sends."""

from typing import Final

from pydantic import BaseModel

from contracts.rpc.campaign_rules import ExemptionBody, RuleBody
from contracts.rpc.data_requests import DataRequestBody
from contracts.rpc.forms import AddForm
from contracts.rpc.inspections import CreateInspection
from contracts.rpc.keeping import KeepingBody
from contracts.rpc.petitions import ReceivePetition
from contracts.rpc.reminders import AddressBook
from contracts.rpc.requests import NewCollection, NewRequest
from contracts.rpc.surveys import CreateCampaign
from gateway.routes import (
    accounts,
    batches,
    campaign_access,
    campaign_rules,
    data_requests,
    directory,
    documents,
    drafts,
    forms,
    inspections,
    keeping,
    oversight,
    petitions,
    preparing,
    reports,
    requests,
    surveys,
    trigger_rules,
)

BODIES: Final[dict[str, type[BaseModel]]] = {
    "PUT /calendar/{day}": directory.MovedDay,
    "POST /campaigns/{campaign_id}/handed-out": surveys.HandedOut,
    "POST /campaigns/{campaign_id}/close": surveys.Closing,
    "POST /campaigns": CreateCampaign,
    "POST /campaigns/{campaign_id}/days": campaign_rules.Days,
    "POST /forms": AddForm,
    "POST /forms/{form}/{version}/use": forms.Use,
    "POST /campaign-rules": RuleBody,
    "POST /schools/{school}/care-length": campaign_rules.Length,
    "POST /exemptions": ExemptionBody,
    "POST /campaigns/{campaign_id}/access": campaign_access.AccessChange,
    "POST /campaigns/{campaign_id}/codes": campaign_access.CodeOrder,
    "POST /campaigns/{campaign_id}/slips": batches.TypedSlips,
    "POST /campaigns/{campaign_id}/imports": batches.SheetFile,
    "POST /inspections": CreateInspection,
    "POST /inspections/{inspection_id}/order": inspections.Order,
    "POST /inspections/{inspection_id}/dismiss": inspections.Dismissal,
    "POST /inspections/{inspection_id}/complete": inspections.Results,
    "POST /findings/{finding_id}/remedies": inspections.NewRemedy,
    "POST /remedies/{remedy_id}/close": inspections.Closing,
    "POST /improvement-tasks/{task_id}/close": trigger_rules.Evidence,
    "POST /me/password": accounts.PasswordChange,
    "PUT /trigger-rules/{code}": trigger_rules.Change,
    "POST /keeping-rules": KeepingBody,
    "POST /data-requests": DataRequestBody,
    "POST /data-requests/{request_id}/end": data_requests.Ending,
    "POST /campaigns/{campaign_id}/comments/{comment_id}/erase": keeping.Erasing,
    "POST /demands/{report_id}/erase": keeping.Erasing,
    "POST /petitions": ReceivePetition,
    "POST /petitions/{petition_id}/answer": petitions.Answer,
    "POST /obligations/{obligation_id}/submit": reports.Remark,
    "POST /obligations/{obligation_id}/documents": documents.Draft,
    "POST /documents/{document_id}/number": documents.RegisterEntry,
    "POST /document-templates/{kind}": documents.TemplateFile,
    "POST /obligations/{obligation_id}/return": reports.Reason,
    "POST /obligations/{obligation_id}/exempt": reports.Reason,
    "POST /obligations/{obligation_id}/extend": oversight.Extension,
    "POST /schools/{school}/mail-addresses": AddressBook,
    "POST /requests": NewRequest,
    "POST /requests/{request_id}/answer": requests.SchoolAnswer,
    "POST /requests/{request_id}/close": requests.Closing,
    "POST /collections": NewCollection,
    "POST /collections/{collection_id}/answer": requests.TeamAnswer,
    "POST /collections/{collection_id}/close": requests.Closing,
    "POST /obligations/{obligation_id}/figures/{figure}": drafts.ByHand,
    "POST /obligations/{obligation_id}/hand-in": preparing.Message,
    "POST /obligations/{obligation_id}/give-back": preparing.Note,
    "POST /obligations/{obligation_id}/withdraw": preparing.Note,
    "POST /obligations/{obligation_id}/e-office": preparing.Sent,
    "POST /schools/{school}/signing-authorities": preparing.Authority,
}
