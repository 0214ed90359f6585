"""A clerk with paper slips, typed in or handed in as a file."""

from base64 import b64encode
from typing import Any
from uuid import UUID, uuid4

from contracts.rpc import batches as m
from contracts.rpc.base import Actor, Call
from surveys.application import batches, importing
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Room

CLERK = Actor(role="clerk", schools=("hoa-cuc-mau",))


class Desk:
    """A clerk with paper slips."""

    def __init__(self, room: Room, actor: Actor = CLERK) -> None:
        self.room = room
        self.actor = actor

    def _call(self) -> Call:
        return Call(actor=self.actor, correlation_id=uuid4())

    def enter(self, made: Campaign, batch: UUID, *slips: dict[str, Any]) -> m.Batch:
        """Type slips in."""
        typed = [{"submission_id": uuid4(), "answers": {"P": "no"}} | slip for slip in slips]
        wanted = m.EnterSlips.model_validate(
            {"campaign_id": made.id, "batch_id": batch, "title": "Lớp Lá", "slips": typed}
        )
        with self.room.units.for_call(self._call()) as work:
            return batches.enter_slips(work, wanted).shown

    def bring(self, made: Campaign, text: str, *, again: bool = False) -> m.Batch:
        """Hand in a CSV."""
        wanted = m.ImportSheet(
            campaign_id=made.id,
            file_name="phieu.csv",
            content=b64encode(text.encode()).decode(),
            again=again,
        )
        with self.room.units.before_call(self._call()) as work:
            sheet = importing.open_sheet(work, wanted)
        slips = importing.check_sheet(sheet)
        with self.room.units.for_call(self._call()) as work:
            return importing.accept_sheet(work, wanted, slips)

    def look(self, batch: UUID) -> m.Batch:
        """Look how far a batch is."""
        with self.room.units.for_call(self._call()) as work:
            return batches.get_batch(work, m.GetBatch(batch_id=batch))

    def undo(self, batch: UUID) -> m.Batch:
        """Take a batch back."""
        with self.room.units.for_call(self._call()) as work:
            return batches.undo_batch(work, m.UndoBatch(batch_id=batch)).shown

    def listed(self, made: Campaign) -> list[m.Batch]:
        """List the batches of a campaign."""
        with self.room.units.for_call(self._call()) as work:
            return list(batches.list_batches(work, m.ListBatches(campaign_id=made.id)).items)


def kept(room: Room) -> tuple[object, ...]:
    """How many answers, comments, reports and events there are."""
    (numbers,) = room.numbers(
        "SELECT (SELECT count(*) FROM responses), (SELECT count(*) FROM comments),"
        " (SELECT count(*) FROM demand_reports), (SELECT count(*) FROM events)"
    )
    return numbers
