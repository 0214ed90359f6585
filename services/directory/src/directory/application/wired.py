"""What bootstrap wires and entrypoints use."""

from dataclasses import dataclass

from directory.application.accounts import Accounts
from directory.application.hashing import Passwords
from directory.application.logins import Logins
from directory.domain.sessions import Lifetime
from directory.storage.unit_of_work import Units


@dataclass(frozen=True)
class Directory:
    """The units of work, and the use cases that need more than one transaction."""

    units: Units
    lifetime: Lifetime
    logins: Logins
    accounts: Accounts


def wire(units: Units, hashing: Passwords, lifetime: Lifetime | None = None) -> Directory:
    """Put the parts together."""
    lifetime = lifetime or Lifetime()
    return Directory(units, lifetime, Logins(units, hashing, lifetime), Accounts(units, hashing))
