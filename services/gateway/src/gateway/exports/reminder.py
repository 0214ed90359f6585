"""A reminder of a request, ready to be pasted into Zalo: plain text, no markup."""

from collections.abc import Sequence

from contracts.rpc.requests import Addressee, FigureRequestDetail
from gateway.exports.answers import asked_name
from gateway.words import Language, say


def waiting(told: FigureRequestDetail) -> Sequence[Addressee]:
    """Return those who have not answered a request that is open, late or not."""
    return [one for one in told.addressees if one.state in {"open", "overdue"}]


def text(
    language: Language, told: FigureRequestDetail, who: Sequence[Addressee], *, inside: bool
) -> str:
    """Return the text to schools, or `inside` a school to its teams; empty without anybody."""
    if not who:
        return ""
    late = -(told.working_days_left or 0)
    params = {
        "title": told.title,
        "due_on": told.due_on,
        "days": abs(late),
        "names": "\n".join(f"- {asked_name(one)}" for one in who),
        "count": len(who),
    }
    key = "late" if late > 0 else "today" if late == 0 else "ahead"
    of = "collection" if inside else "request"
    return say(language, f"reminder.{of}.{key}", params)
