"""What the package brings along: published forms and the first rules, loaded on start."""

from importlib.resources import files

from surveys.domain.form_files import MalformedForm, read_form
from surveys.domain.rule_files import read_rules
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
            reason = f"{file.name}: {wrong.reason}"
            raise MalformedForm(wrong.line, reason, wrong.why, wrong.field) from None
        if work.forms.publish(form):
            new.append(f"{form.kind} {form.version}")
    rules = files("surveys").joinpath("rules.yaml").read_text(encoding="utf-8")
    work.rules.supply(read_rules(rules))
    return new
