"""Each command once: the key that its sender gave it, claimed in the command's own transaction."""

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Uuid,
    exists,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from contracts.problems import Problem
from contracts.rpc.base import Call

metadata = MetaData()

commands = Table(
    "commands",
    metadata,
    Column("account_id", Uuid, nullable=False),
    Column("command_id", Uuid, nullable=False),
    Column("done_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("account_id", "command_id", name="pk_commands"),
)
_c = commands.c


def claim(connection: Connection, call: Call) -> None:
    """Take the call's key in this transaction; does nothing for a call without one.

    Raises `request.repeated` when the account's command with that key was done. One that is under
    way is waited for: if it fails its key is free again, and this one takes it.
    """
    if call.command_id is None:
        return
    taken = connection.execute(
        insert(commands)
        .values(
            account_id=call.actor.account_id,
            command_id=call.command_id,
            done_at=func.now(),  # the real clock, wherever business time stands
        )
        .on_conflict_do_nothing()
        .returning(_c.command_id)
    )
    if taken.one_or_none() is None:
        raise Problem("request.repeated")


def check(connection: Connection, call: Call) -> None:
    """Look whether the call's key is taken, before a command that needs several transactions.

    Raises `request.repeated`. Its last transaction claims the key.
    """
    if call.command_id is None:
        return
    mine = (_c.account_id == call.actor.account_id) & (_c.command_id == call.command_id)
    if connection.execute(select(exists().where(mine))).scalar_one():
        raise Problem("request.repeated")
