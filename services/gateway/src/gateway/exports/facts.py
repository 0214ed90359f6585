"""What a file says about the campaign that it is of."""

from contracts.forms import Words
from contracts.rpc.surveys import Campaign
from gateway.spreadsheets import Table, Value
from gateway.words import Language, say, shown


def said(language: Language, words: Words) -> str:
    """Return words of a form in the reader's language."""
    return words.en if language == "en" else words.vi


def facts(language: Language, campaign: Campaign, note: str) -> Table:
    """Return the sheet that comes first."""
    standing = campaign.standing
    verdict = "" if standing is None else say(language, f"verdict.{standing.verdict}")
    if standing is not None and standing.rate is not None and not standing.conclusive:
        verdict = f"{verdict}. {say(language, 'verdict.inconclusive')}"
    rows: list[tuple[str, Value]] = [
        ("school", campaign.school_title),
        ("form", said(language, campaign.form_words)),
        ("period", period_of(campaign)),
        ("basis", campaign.legal_basis),
        ("days", f"{shown(campaign.opens_on)} – {shown(campaign.closed_on or campaign.closes_on)}"),
        ("responses", campaign.responses),
        ("handed_out", campaign.handed_out),
        ("response_percent", standing.response_percent if standing else None),
        ("target", campaign.target_percent),
        ("verdict", verdict),
        ("note", note),
    ]
    return Table(
        say(language, "export.facts"),
        (say(language, "export.fact"), say(language, "export.value")),
        [(say(language, f"export.{name}"), value) for name, value in rows],
    )


def period_of(campaign: Campaign) -> str:
    """Return a period as people and file names say it: "2024-q1"."""
    return campaign.period.key
