"""A text that urges schools to send what they owe (đôn đốc), ready to be pasted into Zalo."""

from collections.abc import Sequence

from contracts.rpc.reminders import Reminders, ReturnedReport, SchoolReminder
from gateway.exports.periods import period_words
from gateway.words import Language, say

Owed = SchoolReminder | ReturnedReport


def late(found: Reminders) -> list[Owed]:
    """Return what is overdue, or came back and was not sent again."""
    overdue = (one for one in found.items if one.working_days_left < 0)
    return [*overdue, *found.returned]


def of_all(language: Language, owed: Sequence[Owed]) -> str:
    """Return the text for all schools that owe something, school by school; empty without any."""
    by_school: dict[str, list[Owed]] = {}
    for one in owed:
        by_school.setdefault(one.school_title, []).append(one)
    if not by_school:
        return ""
    blocks = [
        "\n".join((f"{title}:", *(_line(language, one) for one in of_school)))
        for title, of_school in by_school.items()
    ]
    params = {"count": len(by_school), "schools": "\n".join(blocks)}
    return say(language, "urging.all", params)


def of_school(language: Language, owed: Sequence[Owed]) -> str:
    """Return the text for one school, late or not yet; empty when nothing is owed soon."""
    if not owed:
        return ""
    params = {
        "school": owed[0].school_title,
        "items": "\n".join(_line(language, one) for one in owed),
    }
    return say(language, "urging.school", params)


def _line(language: Language, one: Owed) -> str:
    if isinstance(one, ReturnedReport):
        params = {"what": _what(language, one), "day": one.came_back_on}
        return say(language, "urging.again", params)
    left = one.working_days_left
    key = "late" if left < 0 else "today" if left == 0 else "ahead"
    params = {"what": _what(language, one), "due_on": one.due_on, "days": abs(left)}
    return say(language, f"urging.{key}", params)


def _what(language: Language, one: Owed) -> str:
    title = one.title.en if language == "en" else one.title.vi
    if one.period is None:
        return say(language, "urging.request", {"title": " ".join(title.split())})
    period = period_words(language, one.period)
    return say(language, "urging.report", {"title": title, "period": period})
