"""Working days, windows and deadlines, each with its reasons."""

from chassis.rpc import remote
from contracts.rpc import workdays as w
from contracts.rpc.base import Call
from reports.application import reckoning
from reports.storage.unit_of_work import Units


class ReckoningRpc:
    """What the calendar says."""

    units: Units

    @remote
    def add_working_days(self, call: Call, request: w.AddWorkingDays) -> w.WorkingDays:
        with self.units.for_call(call) as work:
            return reckoning.add_working_days(work, request)

    @remote
    def count_working_days(self, call: Call, request: w.CountWorkingDays) -> w.WorkingDays:
        with self.units.for_call(call) as work:
            return reckoning.count_working_days(work, request)

    @remote
    def get_window(self, call: Call, request: w.GetWindow) -> w.PeriodWindow:
        with self.units.for_call(call) as work:
            return reckoning.get_window(work, request)

    @remote
    def get_kind_deadline(self, call: Call, request: w.GetKindDeadline) -> w.KindDeadline:
        with self.units.for_call(call) as work:
            return reckoning.get_kind_deadline(work, request)
