"""Ad-hoc requests of the district, and figures from the teams."""

from chassis.rpc import remote
from contracts.rpc import requests as r
from contracts.rpc.base import Call
from reports.application import request_replies, requesting
from reports.storage.unit_of_work import Units


class RequestRpc:
    """Those who ask and those who answer."""

    units: Units

    @remote
    def make_request(self, call: Call, request: r.MakeRequest) -> r.FigureRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.make_request(work, request)

    @remote
    def make_collection(self, call: Call, request: r.MakeCollection) -> r.FigureRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.make_collection(work, request)

    @remote
    def list_requests(self, call: Call, request: r.ListRequests) -> r.FigureRequests:
        with self.units.for_call(call) as work:
            return request_replies.list_requests(work, request)

    @remote
    def get_request(self, call: Call, request: r.GetRequest) -> r.FigureRequestDetail:
        with self.units.for_call(call) as work:
            return request_replies.get_request(work, request)

    @remote
    def answer_request(self, call: Call, request: r.AnswerRequest) -> r.FigureRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.answer_request(work, request)

    @remote
    def close_request(self, call: Call, request: r.CloseRequest) -> r.FigureRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.close_request(work, request)
