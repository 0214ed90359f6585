"""Reports of improper demands, for those who may see them."""

from contracts.problems import Problem
from contracts.rpc.surveys import DemandDetail, Demands, GetDemand, ListDemands
from surveys.storage.unit_of_work import SurveysUnitOfWork


def list_demands(work: SurveysUnitOfWork, wanted: ListDemands) -> Demands:
    """Return the reports that the actor may see, without their text."""
    return Demands(items=tuple(work.demands.listed(wanted.school, work.actor)))


def get_demand(work: SurveysUnitOfWork, wanted: GetDemand) -> DemandDetail:
    """Return one report with what the parent wrote; who read it is audited."""
    report = work.demands.seen(wanted.report_id, work.actor)
    if report is None:
        raise Problem("resource.not_found")
    work.audit("read_demand", str(report.report_id), school=report.school)
    return report
