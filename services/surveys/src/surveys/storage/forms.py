"""Published form versions: written once, then frozen."""

import hashlib
import json

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from contracts.events.surveys import FormKind
from contracts.forms import Form
from surveys.storage.tables import forms


class ChangedForm(Exception):
    """A published version was to be published again with another content."""


class Shelf:
    """The frozen forms that this process has read: they never change, so they are kept."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, int], Form] = {}


class FormRepository:
    """The forms of one transaction."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def publish(self, form: Form) -> bool:
        """Store a version; returns False when it is there already.

        Raises `ChangedForm` when it is there with another content.
        """
        body = form.model_dump(mode="json")
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        row = {"kind": form.kind, "version": form.version, "body": body, "digest": digest}
        statement = insert(forms).values(row).on_conflict_do_nothing().returning(forms.c.version)
        if self._connection.execute(statement).first() is not None:
            return True
        known = self._connection.execute(
            select(forms.c.digest).where(forms.c.kind == form.kind, forms.c.version == form.version)
        ).scalar_one()
        if known != digest:
            raise ChangedForm(f"{form.kind} version {form.version} is published and frozen")
        return False

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

    def newest(self) -> dict[FormKind, int]:
        """Return kind → highest published version."""
        query = select(forms.c.kind, func.max(forms.c.version)).group_by(forms.c.kind)
        return {row[0]: row[1] for row in self._connection.execute(query)}
