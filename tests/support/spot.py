"""A school of a real system, and how its people act through the REST interface."""

from functools import cached_property
from itertools import count
from typing import Any, Final

from tests.support.district import OFFICES, OWN, RealDistrict, path_of
from tests.support.eventually import eventually

Json = dict[str, Any]
MARK: Final = "của phép thử"
# A process makes each name once, whichever place it is for.
NUMBERS: Final = count(1)


def number() -> int:
    """A number that nobody had before."""
    return next(NUMBERS)


class Spot:
    """One school of the district with the people who act there."""

    def __init__(self, district: RealDistrict, school: str) -> None:
        self.district = district
        self.school = school

    @property
    def office(self) -> str:
        """The unit that the school stands under."""
        return OFFICES[self.school]

    def token(self, role: str) -> str:
        """The token of somebody of this role here."""
        foreign = self.school != OWN and role != "operator"
        return self.district.tokens[f"foreign {role}" if foreign else role]

    def send(self, route: str, role: str, /, **body: Any) -> Json:
        """Give a command by its "METHOD /path", which is done."""
        method, _, path = route.partition(" ")
        headers = {"Authorization": f"Bearer {self.token(role)}"}
        done = self.district.client.request(method, f"/api/v1{path}", json=body, headers=headers)
        assert done.is_success, (route, done.text)
        answer: Json = done.json()
        return answer

    def ask(self, route: str, token: str, path: dict[str, str], **options: Any) -> Any:
        """Call a route as the bearer of a token; "" is nobody."""
        method, address = path_of(route, **path)
        headers = options.pop("headers", {})
        if token:
            headers = headers | {"Authorization": f"Bearer {token}"}
        answered = self.district.client.request(method, address, headers=headers, **options)
        self.district.client.cookies.clear()
        return answered

    def items(self, path: str, role: str = "operator") -> list[Json]:
        """Ask for a list of this school's things."""
        headers = {"Authorization": f"Bearer {self.token(role)}"}
        asked = self.district.client.get(
            f"/api/v1{path}", params={"school": self.school}, headers=headers
        )
        listed: list[Json] = asked.raise_for_status().json()["items"]
        return listed

    @cached_property
    def known(self) -> bool:
        """Whether the other services have heard of the school; waits until they have."""
        eventually(lambda: self.items("/campaigns"), timeout=60, message="surveys know it")
        eventually(lambda: self.items("/obligations"), timeout=60, message="reports know it")
        eventually(self._counted, timeout=60, message="inspections know it")
        return True

    def _counted(self) -> bool:
        return any(one["school"] == self.school for one in self.items("/duty-ratio"))
