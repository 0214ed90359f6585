"""Which rows somebody may see, told in one place: a list that forgets it shows foreign schools."""

from sqlalchemy import ColumnElement, and_, true

from contracts.rpc.base import Actor


def in_scope(
    actor: Actor, school: ColumnElement[str], wanted: str | None = None
) -> ColumnElement[bool]:
    """Return the condition that a row's school is one of the actor's, and the `wanted` one.

    It is `Actor.may_see` for a query; `school` is the column with the school's code. Whoever
    answers for all schools, as the operator does, sees every row.
    """
    own = true() if actor.schools is None else school.in_(actor.schools)
    return own if wanted is None else and_(own, school == wanted)
