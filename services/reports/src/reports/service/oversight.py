"""The district's side: more time, the matrix, the reports of many schools in one file."""

from eventlet import tpool

from chassis.rpc import remote
from contracts.rpc import obligations as o
from contracts.rpc import oversight as m
from contracts.rpc.base import Call
from contracts.rpc.documents import DocumentFile
from reports.application import extending, matrix, summarising
from reports.domain.documents import summary
from reports.storage.unit_of_work import Units


class OversightRpc:
    """Those who look over many schools."""

    units: Units

    @remote
    def extend_obligation(self, call: Call, request: m.ExtendObligation) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return extending.extend_obligation(work, request)

    @remote
    def get_matrix(self, call: Call, request: m.GetMatrix) -> m.Matrix:
        with self.units.for_call(call) as work:
            return matrix.get_matrix(work, request)

    @remote
    def get_summary_file(self, call: Call, request: m.GetSummaryFile) -> DocumentFile:
        with self.units.for_call(call) as work:
            said = summarising.summarise(work, request)
        # In a thread of the system: other calls go on meanwhile.
        return summarising.file_of(request, tpool.execute(summary.build, said))
