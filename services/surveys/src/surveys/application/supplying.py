"""What the package brings along: published forms and the first rules, loaded on start."""

from importlib.resources import files

from surveys.domain.form_files import MalformedForm, read_form
from surveys.domain.keeping import read_keeping_rules
from surveys.domain.rule_files import read_rules, read_uses
from surveys.storage.unit_of_work import SurveysUnitOfWork


def supply(work: SurveysUnitOfWork) -> list[str]:
    """Publish the shipped forms, rules and uses; returns the names of the forms that were new.

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
    work.rules.supply(read_rules(_read("rules.yaml")))
    work.forms.supply_uses(read_uses(_read("form_uses.yaml")))
    work.keeping.supply(read_keeping_rules(_read("keeping.yaml")))
    return new


def _read(name: str) -> str:
    return files("surveys").joinpath(name).read_text(encoding="utf-8")
