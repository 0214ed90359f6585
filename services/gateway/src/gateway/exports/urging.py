"""A text that urges schools to send what they owe (đôn đốc), ready to be pasted into Zalo."""

from collections.abc import Sequence

from contracts.rpc.reminders import SchoolReminder
from gateway.exports.periods import period_words
from gateway.words import Language, say


def late(reminders: Sequence[SchoolReminder]) -> list[SchoolReminder]:
    """Return those whose deadline has passed."""
    return [one for one in reminders if one.working_days_left < 0]


def of_all(language: Language, reminders: Sequence[SchoolReminder]) -> str:
    """Return the text for all schools that are late, school by school; empty without any."""
    by_school: dict[str, list[SchoolReminder]] = {}
    for one in reminders:
        by_school.setdefault(one.school_title, []).append(one)
    if not by_school:
        return ""
    blocks = [
        "\n".join((f"{title}:", *(_line(language, one) for one in of_school)))
        for title, of_school in by_school.items()
    ]
    params = {"count": len(by_school), "schools": "\n".join(blocks)}
    return say(language, "urging.all", params)


def of_school(language: Language, reminders: Sequence[SchoolReminder]) -> str:
    """Return the text for one school, late or not yet; empty when nothing is owed soon."""
    if not reminders:
        return ""
    params = {
        "school": reminders[0].school_title,
        "items": "\n".join(_line(language, one) for one in reminders),
    }
    return say(language, "urging.school", params)


def _line(language: Language, one: SchoolReminder) -> str:
    left = one.working_days_left
    key = "late" if left < 0 else "today" if left == 0 else "ahead"
    params = {"what": _what(language, one), "due_on": one.due_on, "days": abs(left)}
    return say(language, f"urging.{key}", params)


def _what(language: Language, one: SchoolReminder) -> str:
    title = one.title.en if language == "en" else one.title.vi
    if one.period is None:
        return say(language, "urging.request", {"title": " ".join(title.split())})
    period = period_words(language, one.period)
    return say(language, "urging.report", {"title": title, "period": period})
