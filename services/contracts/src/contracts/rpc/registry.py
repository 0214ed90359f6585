"""The one table: who answers which question or command, and with what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.model import Model
from contracts.rpc import (
    accounts,
    base,
    directory,
    duty,
    figures,
    improvement,
    inspections,
    obligations,
    petitions,
    plans,
    remedies,
    results,
    sessions,
    surveys,
    trigger_rules,
)
from contracts.rpc.base import Request

Method = tuple[type[Request], type[Model]]
# What every service answers.
_EACH: Final[dict[str, Method]] = {
    "trace": (base.TraceRequest, base.TraceReply),
    "ping": (base.Ping, base.Empty),
}
_TABLE: Final[dict[str, dict[str, Method]]] = {
    "directory": {
        "resolve_session": (sessions.ResolveSession, sessions.Session),
        "login": (accounts.Login, accounts.LoggedIn),
        "logout": (accounts.Logout, base.Empty),
        "get_me": (accounts.GetMe, accounts.Me),
        "change_password": (accounts.ChangePassword, base.Empty),
        "list_accounts": (accounts.ListAccounts, accounts.Accounts),
        "create_account": (accounts.CreateAccount, accounts.NewPassword),
        "reset_password": (accounts.ResetPassword, accounts.NewPassword),
        "disable_account": (accounts.DisableAccount, accounts.Account),
        "enable_account": (accounts.EnableAccount, accounts.Account),
        "list_api_keys": (accounts.ListApiKeys, accounts.ApiKeys),
        "create_api_key": (accounts.CreateApiKey, accounts.NewApiKey),
        "revoke_api_key": (accounts.RevokeApiKey, accounts.ApiKey),
        "list_units": (directory.ListUnits, directory.Units),
        "create_unit": (directory.CreateUnit, directory.Unit),
        "list_moves": (directory.ListMoves, directory.Moves),
        "move_unit": (directory.MoveUnit, directory.Move),
        "list_schools": (directory.ListSchools, directory.Schools),
        "register_school": (directory.RegisterSchool, directory.School),
        "change_school": (directory.ChangeSchool, directory.School),
        "close_school": (directory.CloseSchool, directory.School),
        "list_calendar": (directory.ListCalendar, directory.Calendar),
        "set_calendar_day": (directory.SetCalendarDay, directory.CalendarDay),
        "put_plan": (plans.PutPlan, plans.Plan),
        "list_plans": (plans.ListPlans, plans.Plans),
    },
    "surveys": {
        "submit_responses": (surveys.SubmitResponses, surveys.Outcomes),
        "get_public_campaign": (surveys.GetPublicCampaign, surveys.PublicCampaign),
        "list_campaigns": (surveys.ListCampaigns, surveys.Campaigns),
        "get_campaign": (surveys.GetCampaign, surveys.CampaignDetail),
        "create_campaign": (surveys.CreateCampaign, surveys.CampaignDetail),
        "update_campaign": (surveys.UpdateCampaign, surveys.CampaignDetail),
        "close_campaign": (surveys.CloseCampaign, surveys.CampaignDetail),
        "list_demands": (surveys.ListDemands, surveys.Demands),
        "get_demand": (surveys.GetDemand, surveys.DemandDetail),
        "get_results": (results.GetResults, results.CampaignResults),
        "get_signals": (results.GetSignals, results.Signals),
        "list_comments": (results.ListComments, results.Comments),
        "get_rows": (results.GetRows, results.Rows),
        "get_league": (results.GetLeague, results.League),
        "get_public_results": (results.GetPublicResults, results.PublicResults),
        "get_school_results": (results.GetSchoolResults, results.SchoolResults),
    },
    "inspections": {
        "list_inspections": (inspections.ListInspections, inspections.Inspections),
        "get_inspection": (inspections.GetInspection, inspections.InspectionDetail),
        "create_inspection": (inspections.CreateInspection, inspections.InspectionDetail),
        "order_inspection": (inspections.OrderInspection, inspections.InspectionDetail),
        "dismiss_inspection": (inspections.DismissInspection, inspections.InspectionDetail),
        "complete_inspection": (inspections.CompleteInspection, inspections.InspectionDetail),
        "list_remedies": (remedies.ListRemedies, remedies.Remedies),
        "assign_remedy": (remedies.AssignRemedy, remedies.Remedy),
        "close_remedy": (remedies.CloseRemedy, remedies.Remedy),
        "list_evaluations": (trigger_rules.ListEvaluations, trigger_rules.Evaluations),
        "list_trigger_rules": (trigger_rules.ListTriggerRules, trigger_rules.TriggerRules),
        "change_trigger_rule": (trigger_rules.ChangeTriggerRule, trigger_rules.TriggerRule),
        "list_improvement_tasks": (improvement.ListImprovementTasks, improvement.ImprovementTasks),
        "close_improvement_task": (improvement.CloseImprovementTask, improvement.ImprovementTask),
        "get_checklist": (duty.GetChecklist, duty.Checklist),
        "get_duty_ratio": (duty.GetDutyRatio, duty.DutyRatios),
        "submit_petition": (petitions.SubmitPetition, petitions.PetitionReceipt),
        "receive_petition": (petitions.ReceivePetition, petitions.Petition),
        "get_public_petition": (petitions.GetPublicPetition, petitions.PublicPetition),
        "list_petitions": (petitions.ListPetitions, petitions.Petitions),
        "answer_petition": (petitions.AnswerPetition, petitions.Petition),
    },
    "reports": {
        "list_kinds": (obligations.ListKinds, obligations.Kinds),
        "list_obligations": (obligations.ListObligations, obligations.Obligations),
        "get_obligation": (obligations.GetObligation, obligations.ObligationDetail),
        "submit_report": (obligations.SubmitReport, obligations.ObligationDetail),
        "receive_report": (obligations.ReceiveReport, obligations.ObligationDetail),
        "return_report": (obligations.ReturnReport, obligations.ObligationDetail),
        "exempt_obligation": (obligations.ExemptObligation, obligations.ObligationDetail),
        "get_overview": (figures.GetOverview, figures.Overview),
        "get_figures": (figures.GetFigures, figures.Figures),
    },
}

METHODS: Final[Mapping[str, Mapping[str, Method]]] = MappingProxyType(
    {service: MappingProxyType(own | _EACH) for service, own in _TABLE.items()}
)
