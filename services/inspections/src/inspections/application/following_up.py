"""What anybody may be told of what followed from a campaign."""

from contracts.rpc.receipts import GetPublicFollowUp, PublicFollowUp, PublicTask
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def get_public_follow_up(work: InspectionsUnitOfWork, wanted: GetPublicFollowUp) -> PublicFollowUp:
    """Return improvement tasks and inspections that were carried out.

    Left out is what concerns the head, which the school doesn't know of, and what is still to
    come: it would tell that somebody reported something, and a surprise would be none.
    """
    t, i = work.tasks.table.c, work.inspections.table.c
    tasks = work.tasks.where(t.campaign_id == wanted.campaign_id, t.handled_at == "school")
    carried_out = work.inspections.where(
        i.id.in_(work.history.led_to(wanted.campaign_id)),
        i.handled_at == "school",
        i.state == "completed",
    )
    return PublicFollowUp(
        tasks=tuple(
            PublicTask(state=task.state, due_on=task.due_on, closed_on=task.closed_on)
            for task in tasks
        ),
        inspected_on=tuple(one.completed_on for one in carried_out if one.completed_on),
    )
