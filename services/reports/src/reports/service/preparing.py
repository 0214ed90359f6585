"""Reports inside their schools: drafts, approval, the signed file, who signs in place."""

from chassis.rpc import remote
from contracts.rpc import drafts as dr
from contracts.rpc import obligations as o
from contracts.rpc import preparing as p
from contracts.rpc.base import Call
from reports.application import authorities, drafting, preparing
from reports.storage.unit_of_work import Units


class PreparingRpc:
    """What happens to a report before it leaves its school."""

    units: Units

    @remote
    def begin_draft(self, call: Call, request: p.BeginDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.begin_draft(work, request)

    @remote
    def hand_in_draft(self, call: Call, request: p.HandInDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.hand_in_draft(work, request)

    @remote
    def give_back_draft(self, call: Call, request: p.GiveBackDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.give_back_draft(work, request)

    @remote
    def approve_draft(self, call: Call, request: p.ApproveDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.approve_draft(work, request)

    @remote
    def record_sent(self, call: Call, request: p.RecordSent) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.record_sent(work, request)

    @remote
    def get_signed_file(self, call: Call, request: p.GetSignedFile) -> p.SignedFileContent:
        with self.units.for_call(call) as work:
            return preparing.get_signed_file(work, request)

    @remote
    def list_signing_authorities(
        self, call: Call, request: p.ListSigningAuthorities
    ) -> p.SigningAuthorities:
        with self.units.for_call(call) as work:
            return authorities.list_signing_authorities(work, request)

    @remote
    def authorise_deputy(self, call: Call, request: p.AuthoriseDeputy) -> p.SigningAuthority:
        with self.units.for_call(call) as work:
            return authorities.authorise_deputy(work, request)

    @remote
    def end_signing_authority(
        self, call: Call, request: p.EndSigningAuthority
    ) -> p.SigningAuthority:
        with self.units.for_call(call) as work:
            return authorities.end_signing_authority(work, request)

    @remote
    def get_draft(self, call: Call, request: dr.GetDraft) -> dr.Draft:
        with self.units.for_call(call) as work:
            return drafting.get_draft(work, request)

    @remote
    def get_figure_origin(self, call: Call, request: dr.GetFigureOrigin) -> dr.FigureOrigin:
        with self.units.for_call(call) as work:
            return drafting.get_figure_origin(work, request)

    @remote
    def correct_figure(self, call: Call, request: dr.CorrectFigure) -> dr.Draft:
        with self.units.for_call(call) as work:
            return drafting.correct_figure(work, request)
