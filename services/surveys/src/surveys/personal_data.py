"""The RPC methods of surveys about personal data, and the timer that erases words in time."""

from nameko.timer import timer

from chassis.rpc import remote
from contracts.rpc import data_requests as d
from contracts.rpc import keeping as k
from contracts.rpc.base import Call
from surveys import metrics
from surveys.application import data_requests, keeping
from surveys.storage.unit_of_work import Units

ERASE_SECONDS = 60


class PersonalData:
    """Part of `SurveysService`, which has the units."""

    units: Units

    @timer(interval=ERASE_SECONDS)  # type: ignore[untyped-decorator]  # nameko has no types
    def erase(self) -> None:
        """Erase what people wrote when its time is over."""
        for words, number in keeping.erase_all(self.units).items():
            metrics.words_erased.labels(words, "time").inc(number)

    @remote
    def list_keeping_rules(self, call: Call, request: k.ListKeepingRules) -> k.KeepingRules:
        with self.units.for_call(call) as work:
            return keeping.list_keeping_rules(work, request)

    @remote
    def set_keeping_rule(self, call: Call, request: k.SetKeepingRule) -> k.KeepingRule:
        with self.units.for_call(call) as work:
            return keeping.set_keeping_rule(work, request)

    @remote
    def erase_comment(self, call: Call, request: k.EraseComment) -> k.Erased:
        with self.units.for_call(call) as work:
            erased = keeping.erase_comment(work, request)
        metrics.words_erased.labels(erased.words, "asked").inc()
        return erased

    @remote
    def erase_report(self, call: Call, request: k.EraseReport) -> k.Erased:
        with self.units.for_call(call) as work:
            erased = keeping.erase_report(work, request)
        metrics.words_erased.labels(erased.words, "asked").inc()
        return erased

    @remote
    def list_data_requests(self, call: Call, request: d.ListDataRequests) -> d.DataRequests:
        with self.units.for_call(call) as work:
            return data_requests.list_data_requests(work, request)

    @remote
    def receive_data_request(self, call: Call, request: d.ReceiveDataRequest) -> d.DataRequest:
        with self.units.for_call(call) as work:
            return data_requests.receive_data_request(work, request)

    @remote
    def reply_to_data_request(self, call: Call, request: d.ReplyToDataRequest) -> d.DataRequest:
        with self.units.for_call(call) as work:
            return data_requests.reply_to_data_request(work, request)

    @remote
    def end_data_request(self, call: Call, request: d.EndDataRequest) -> d.DataRequest:
        with self.units.for_call(call) as work:
            return data_requests.end_data_request(work, request)
