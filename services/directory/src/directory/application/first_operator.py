"""The first account of a fresh install, when the environment brings its initial password."""

from typing import Final

from contracts.rpc.accounts import CreateAccount
from directory.application.accounts import create_account
from directory.application.hashing import Passwords
from directory.domain.passwords import SHORTEST
from directory.storage.unit_of_work import Units

USERNAME: Final = "vanhanh"  # vận hành: operations; it is the display name too


def make_first_operator(units: Units, hashing: Passwords, password: str) -> bool:
    """Make the operator's account when there is no account at all; False when there is one.

    Its password has to be changed at the first login, so that what the environment holds is worth
    nothing afterwards. Raises `ValueError` for one that is too short.
    """
    if len(password) < SHORTEST:
        raise ValueError(f"KIPTHOI_OPERATOR_PASSWORD is shorter than {SHORTEST} characters")
    with units.for_system() as work:
        if work.accounts.any():
            return False
    made = hashing.hash(password)
    with units.alone("directory.first_operator") as work:
        if work is None or work.accounts.any():
            return False
        wanted = CreateAccount(username=USERNAME, display_name=USERNAME, role="operator")
        create_account(work, wanted, password, made)
        return True
