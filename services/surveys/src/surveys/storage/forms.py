"""Published form versions: written once, then frozen; and from when the calendar uses which."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert

from contracts.events.surveys import FormKind
from contracts.forms import Form
from surveys.domain.campaigns import Campaign
from surveys.domain.form_versions import FormUse
from surveys.domain.short_forms import reduced
from surveys.storage.planning_tables import form_uses
from surveys.storage.tables import forms

_ONE_PUBLISHES = text("LOCK TABLE forms IN SHARE ROW EXCLUSIVE MODE")


class ChangedForm(Exception):
    """A published version was to be published again with another content."""


@dataclass(frozen=True)
class Published:
    """Who published a version when; neither for those that came with the software."""

    form: Form
    published_on: date | None
    published_by: str | None


class Shelf:
    """The frozen forms that this process has read: they never change, so they are kept."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, int], Form] = {}
        self.short: dict[tuple[str, int, tuple[str, ...]], Form] = {}


class FormRepository:
    """The forms of one transaction."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def publish(self, form: Form, on: date | None = None, by: str | None = None) -> bool:
        """Store a version; returns False when it is there already.

        Raises `ChangedForm` when it is there with another content.
        """
        body = form.model_dump(mode="json")
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        row = {
            "kind": form.kind,
            "version": form.version,
            "body": body,
            "digest": digest,
            "published_on": on,
            "published_by": by,
        }
        statement = insert(forms).values(row).on_conflict_do_nothing().returning(forms.c.version)
        if self._connection.execute(statement).first() is not None:
            return True
        known = self._connection.execute(
            select(forms.c.digest).where(forms.c.kind == form.kind, forms.c.version == form.version)
        ).scalar_one()
        if known != digest:
            raise ChangedForm(f"{form.kind} version {form.version} is published and frozen")
        return False

    def alone(self) -> None:
        """Let others who publish wait, so that each version gets a number of its own."""
        self._connection.execute(_ONE_PUBLISHES)

    def get(self, kind: FormKind, version: int) -> Form:
        """Return a published version; raises `LookupError`."""
        form = self._shelf.forms.get((kind, version))
        if form is None:
            body = self._connection.execute(
                select(forms.c.body).where(forms.c.kind == kind, forms.c.version == version)
            ).scalar_one_or_none()
            if body is None:
                raise LookupError(f"form {kind} version {version}")
            form = self._shelf.forms[kind, version] = Form.model_validate(body)
        return form

    def asked_by(self, campaign: Campaign) -> Form:
        """Return what a campaign asks: its version, whole or the items of its short form."""
        form = self.get(campaign.form, campaign.form_version)
        if campaign.items is None:
            return form
        key = (campaign.form, campaign.form_version, campaign.items)
        if key not in self._shelf.short:
            self._shelf.short[key] = reduced(form, campaign.items)
        return self._shelf.short[key]

    def published(self) -> list[Published]:
        """Return all versions, by kind, the newest first."""
        query = select(forms).order_by(forms.c.kind.desc(), forms.c.version.desc())
        return [
            Published(Form.model_validate(row.body), row.published_on, row.published_by)
            for row in self._connection.execute(query)
        ]

    def uses(self) -> list[FormUse]:
        """Return from which day on the calendar uses which version."""
        query = select(form_uses).order_by(form_uses.c.kind, form_uses.c.valid_from)
        return [FormUse(**row) for row in self._connection.execute(query).mappings()]

    def use(self, use: FormUse) -> None:
        """Add a use, or replace the one of the same day."""
        row = asdict(use)
        statement = insert(form_uses).values(row)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "valid_from"], set_={"version": use.version}
            )
        )

    def supply_uses(self, uses: Sequence[FormUse]) -> None:
        """Insert the shipped uses where the district has none of the same day."""
        rows = [asdict(use) for use in uses]
        self._connection.execute(insert(form_uses).on_conflict_do_nothing(), rows)
