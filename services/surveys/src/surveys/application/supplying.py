"""What the package brings along: published forms and the first rules, loaded on start."""

from importlib.resources import files

import yaml

from surveys.domain.field_time import CampaignRule
from surveys.domain.form_files import MalformedForm, read_form
from surveys.storage.unit_of_work import SurveysUnitOfWork


def supply(work: SurveysUnitOfWork) -> list[str]:
    """Publish the shipped forms and rules; returns the names of the forms that were new.

    Doing it again changes nothing. Raises `MalformedForm` (its file first in the reason) and
    `ChangedForm` for a published version whose file was changed.
    """
    new = []
    for file in sorted(files("surveys.forms").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        try:
            form = read_form(file.read_text(encoding="utf-8"))
        except MalformedForm as wrong:
            raise MalformedForm(wrong.line, f"{file.name}: {wrong.reason}") from None
        if work.forms.publish(form):
            new.append(f"{form.kind} {form.version}")
    work.rules.supply(shipped_rules())
    return new


def shipped_rules() -> list[CampaignRule]:
    """Return the rules of `rules.yaml`."""
    text = files("surveys").joinpath("rules.yaml").read_text(encoding="utf-8")
    return [
        CampaignRule(
            valid_from=row["valid_from"],
            legal_basis=row["legal_basis"],
            target_percent=row["target_percent"],
            field_working_days=row["field_working_days"],
            term_begins=(row["term_begins"]["month"], row["term_begins"]["day"]),
            term_ends=(row["term_ends"]["month"], row["term_ends"]["day"]),
        )
        for row in yaml.safe_load(text)
    ]
