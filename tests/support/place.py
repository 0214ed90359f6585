"""A school of a real system, and what can stand in it, made through the REST interface."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any, Final
from uuid import uuid4

from tests.support.district import OFFICES, OWN, RealDistrict, path_of
from tests.support.eventually import eventually

Json = dict[str, Any]
MARK: Final = "của phép thử"
# No kind of report has to hold more parts.
EVERY_PART: Final = list(range(1, 11))
# A process makes each name once, whichever place it is for.
NUMBERS: Final = count(1)


def number() -> int:
    """A number that nobody had before."""
    return next(NUMBERS)


class Place:
    """One school of the district with the people who act there.

    A method makes a fresh thing of its kind and returns its id; a property is made once.
    """

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

    # --- surveys ---

    def campaign_body(self) -> Json:
        """What plans a campaign that is open at once."""
        today = datetime.now(UTC).date()
        return {
            "school": self.school,
            "form": "tthc",
            "opens_on": str(today - timedelta(days=1)),
            "closes_on": str(today + timedelta(days=7)),
            "legal_basis": f"Kế hoạch {MARK} {number()}",
        }

    def campaign(self) -> str:
        """A campaign that is open."""
        assert self.known
        made = self.send("POST /campaigns", "operator", **self.campaign_body())
        found: str = made["campaign_id"]

        def opened() -> bool:
            listed = {one["campaign_id"]: one["state"] for one in self.items("/campaigns")}
            return bool(listed[found] == "open")

        eventually(opened, timeout=60, message="the campaign is open")
        return found

    def planned_campaign(self) -> str:
        """An extra campaign that opens in some days."""
        assert self.known
        body = self.campaign_body() | {"opens_on": self.day_soon()}
        return str(self.send("POST /campaigns", "operator", **body)["campaign_id"])

    def day_soon(self) -> str:
        """A day on which a campaign may open."""
        return str(datetime.now(UTC).date() + timedelta(days=5))

    def day_ahead(self) -> str:
        """A day that nobody had before, after all campaigns that are planned."""
        return str(datetime.now(UTC).date() + timedelta(days=400 + number()))

    def other_length(self) -> str:
        """The length that the school's care form doesn't have."""
        rules = self.ask("GET /api/v1/campaign-rules", self.token("operator"), {}).json()
        lengths = {one["school"]: one["length"] for one in rules["care_lengths"]}
        return "whole" if lengths.get(self.school) == "short" else "short"

    def exemption_body(self) -> Json:
        """What exempts the school from some day that nobody had before."""
        day = self.day_ahead()
        days = {"starts_on": day, "ends_on": day}
        return {"school": self.school, "reason": f"Lý do {MARK}", "form": None} | days

    def exemption(self) -> str:
        """An exemption that holds."""
        assert self.known
        made = self.send("POST /exemptions", "district_officer", **self.exemption_body())
        return str(made["exemption_id"])

    def campaign_of_codes(self) -> str:
        """A campaign that is open and answered with codes alone."""
        made = self.campaign()
        self.send(f"POST /campaigns/{made}/access", "principal", access="codes")
        return made

    def slips_body(self) -> Json:
        """A paper slip that is typed in, as a batch of its own."""
        slip = {"submission_id": str(uuid4()), "answers": {"P": "yes", "F": 4}}
        return {"batch_id": str(uuid4()), "title": f"Phiếu {MARK}", "slips": [slip]}

    def sheet_body(self) -> Json:
        """A sheet with two paper slips."""
        content = b64encode("P,F\ncó,5\ncó,4\n".encode()).decode()
        return {"file_name": f"{number()}.csv", "content": content}

    def batch(self) -> str:
        """A batch of an open campaign."""
        made = self.campaign()
        entered = self.send(f"POST /campaigns/{made}/slips", "operator", **self.slips_body())
        return str(entered["batch_id"])

    def answer_body(self) -> Json:
        """A parent's answer with a report of an improper demand, and no satisfaction."""
        return {
            "submission_id": str(uuid4()),
            "answers": {"P": "yes", "F": 1},
            "demand": {"kind": "other", "what": f"Chuyện {MARK}", "when": "hôm qua"},
        }

    def slug(self, campaign: str) -> str:
        """The public name of a campaign."""
        slugs = {one["campaign_id"]: one["slug"] for one in self.items("/campaigns")}
        return str(slugs[campaign])

    def reported(self, parents: int = 1) -> str:
        """A campaign in which parents told of an improper demand and were not satisfied."""
        made = self.campaign()
        path = f"/api/v1/public/campaigns/{self.slug(made)}/responses"
        for _ in range(parents):
            answered = self.district.client.post(path, json=self.answer_body())
            assert answered.status_code == 201, answered.text
        return made

    @cached_property
    def demand(self) -> str:
        """A report of an improper demand."""
        assert self.reported()
        return str(self.items("/demands")[0]["report_id"])

    def task(self) -> str:
        """An improvement task that is open: it follows from a campaign below its target."""
        below = self.reported(parents=5)  # fewer have no verdict
        self.send(f"POST /campaigns/{below}/close", "district_officer", reason=f"Lý do {MARK}")

        def assigned() -> str:
            tasks = {one["campaign_id"]: one for one in self.items("/improvement-tasks")}
            return str(tasks[below]["task_id"]) if below in tasks else ""

        return eventually(assigned, timeout=60, message="the task is assigned")

    # --- inspections ---

    @cached_property
    def judged(self) -> Json:
        """The judgement of a rule, with the inspection that it proposed."""
        assert self.demand
        fired = eventually(
            lambda: [one for one in self.items("/evaluations") if one["inspection_id"]], timeout=60
        )
        found: Json = fired[0]
        return found

    def inspection(self, *, ordered: bool = False) -> str:
        """An inspection that was proposed by hand, or ordered as well."""
        assert self.known
        made = self.send("POST /inspections", "principal", school=self.school, kind="planned")
        found = str(made["inspection_id"])
        if ordered:
            self.send(f"POST /inspections/{found}/order", "principal", decision_number="05/QĐ")
        return found

    def finding(self) -> str:
        """A finding."""
        path = f"/inspections/{self.inspection(ordered=True)}/complete"
        done = self.send(f"POST {path}", "principal", results=[{"item": "K5", "met": False}])
        return str(done["findings"][0]["finding_id"])

    def remedy(self) -> str:
        """A remedy that is open."""
        path = f"/findings/{self.finding()}/remedies"
        done = self.send(f"POST {path}", "principal", kind="posting", description=f"Việc {MARK}")
        return str(done["remedy_id"])

    def petition_body(self) -> Json:
        """What somebody tells the school."""
        return {
            "submission_id": str(uuid4()),
            "school": self.school,
            "text": f"Góp ý {MARK} {number()}",
        }

    def petition(self) -> str:
        """A petition that nobody has answered."""
        assert self.known
        made = self.send("POST /petitions", "principal", **self.petition_body())
        return str(made["petition_id"])

    # --- reports ---

    def untouched(self) -> str:
        """What the school owes and has never sent."""
        assert self.known
        owed = (one for one in self.items("/obligations") if one["state"] == "upcoming")
        return str(next(owed)["obligation_id"])

    def later_than(self, obligation: str) -> str:
        """A working day after the deadline of what the school owes."""
        due = {one["obligation_id"]: one["due_on"] for one in self.items("/obligations")}
        asked = {"after": due[obligation], "working_days": 3}
        route, token = "GET /api/v1/workdays/add", self.token("operator")
        return str(self.ask(route, token, {}, params=asked).json()["until"])

    def obligation(self, *, submitted: bool = False) -> str:
        """What the school has to send, where it can once more; or what it has sent just now."""
        assert self.known
        states = {one["state"]: str(one["obligation_id"]) for one in self.items("/obligations")}
        found = states.get("returned")
        for sent in states.keys() & {"submitted_on_time", "resubmitted"}:
            if found is None:
                found = states[sent]
                self.send(f"POST /obligations/{found}/return", "district_officer", reason="Lý do")
        found = found or self.untouched()
        if submitted:
            self.send(f"POST /obligations/{found}/submit", "principal", holds=EVERY_PART)
        return found

    def asking(self) -> Json:
        """What is asked for, and by when."""
        return {
            "title": f"Số liệu {MARK} {number()}",
            "legal_basis": f"Công văn {MARK}",
            "due_on": self.day_ahead(),
            "fields": [{"code": "c1", "label": "Số trẻ", "kind": "number"}],
        }

    def request_body(self) -> Json:
        """What asks the school for a figure."""
        assert self.known
        return self.asking() | {"schools": [self.school]}

    def request(self) -> str:
        """A request of the district that nobody has answered."""
        made = self.send("POST /requests", "district_officer", **self.request_body())
        return str(made["request_id"])

    def request_due_soon(self) -> str:
        """A request of the district that is due within the days that are reminded of."""
        soon = {"due_on": str(datetime.now(UTC).date() + timedelta(days=2))}
        made = self.send("POST /requests", "district_officer", **self.request_body() | soon)
        return str(made["request_id"])

    def answer_of_school(self) -> Json:
        """What the school answers."""
        return {"school": self.school, "values": {"c1": number()}}

    def collection_body(self) -> Json:
        """What asks the teams of the school for a figure."""
        assert self.known
        return self.asking() | {"school": self.school, "teams": [f"Tổ {MARK}"]}

    def collection(self) -> str:
        """A collection that no team has answered."""
        made = self.send("POST /collections", "principal", **self.collection_body())
        return str(made["request_id"])

    def answer_of_team(self) -> Json:
        """What a team answers."""
        return self.answer_of_school() | {"team": f"Tổ {MARK}"}

    def document_body(self) -> Json:
        """What a clerk writes in a report's document."""
        return {
            "place": "Quận",
            "issued_on": "2024-03-15",
            "signer": f"Người {MARK}",
            "texts": [f"Nội dung {MARK}"] * len(EVERY_PART),
        }

    def document(self) -> str:
        """A document that is approved and has no number yet."""
        report = self.draft()
        path = f"POST /obligations/{report}"
        made = self.send(f"{path}/documents", "clerk", **self.document_body())
        self.send(f"{path}/hand-in", "principal")
        self.send(f"{path}/approve", "principal")
        return str(made["document_id"])

    def sent_document(self) -> str:
        """A document that was issued and left its school."""
        found = self.document()
        entry = {"number": number(), "issued_on": "2024-03-15"}
        issued = self.send(f"POST /documents/{found}/number", "clerk", **entry)
        report = f"/obligations/{issued['obligation_id']}"
        self.send(f"POST {report}/submit", "principal", holds=EVERY_PART)
        return found

    def unprepared(self) -> str:
        """What the school owes and nobody prepares."""
        assert self.known
        owed = self.items("/obligations", "principal")
        return next(
            str(one["obligation_id"])
            for one in owed
            if one["state"] == "upcoming" and one["stage"] is None
        )

    def draft(self, *, handed_in: bool = False) -> str:
        """A report that its writer has, or one that waits for approval."""
        assert self.known
        owed = self.items("/obligations", "principal")
        stages = {
            one["stage"]: str(one["obligation_id"])
            for one in owed
            if one["state"] in {"upcoming", "due_soon", "overdue", "returned"}
        }
        wanted = "awaiting_approval" if handed_in else "drafting"
        if wanted in stages:
            return stages[wanted]
        if handed_in:
            found = self.draft()
            self.send(f"POST /obligations/{found}/hand-in", "principal")
            return found
        for stage in stages.keys() & {"awaiting_approval", "approved"}:
            found = stages[stage]
            self.send(f"POST /obligations/{found}/give-back", "principal", reason="Lý do")
            return found
        found = self.unprepared()
        self.send(f"POST /obligations/{found}/draft", "principal")
        return found

    # --- directory ---

    def account_body(self) -> Json:
        """What makes a teacher's account."""
        username = f"giao.vien.{number()}"
        name = {"username": username, "display_name": f"Người {MARK}"}
        return name | {"role": "teacher", "unit": self.school}

    def account(self) -> Json:
        """A teacher's account with its initial password."""
        return self.send("POST /accounts", "operator", **self.account_body())

    def newcomer(self) -> tuple[Json, str]:
        """A teacher's account and the token of its session."""
        made = self.account()
        opened = self.district.client.post(
            "/api/v1/login",
            json={"username": made["username"], "password": made["initial_password"]},
        )
        self.district.client.cookies.clear()
        return made, str(opened.raise_for_status().json()["token"])

    def key_body(self) -> Json:
        """What makes a key for a machine."""
        return {"title": f"Máy {MARK} {number()}", "role": "clerk", "unit": self.school}

    def key(self) -> str:
        """A key for a machine."""
        return str(self.send("POST /api-keys", "operator", **self.key_body())["key_id"])

    def school_body(self) -> Json:
        """What registers another school under the same office."""
        return {
            "code": f"truong-{number()}",
            "title": f"Trường {MARK}",
            "level": "primary",
            "opened_on": "2020-01-01",
            "parents": {"administrative": self.office},
        }

    def another_school(self) -> str:
        """Another school under the same office, for what ends or moves one."""
        return str(self.send("POST /schools", "operator", **self.school_body())["code"])

    def another_office(self) -> str:
        """A unit that a school may stand under."""
        made = self.send(
            "POST /units", "operator", code=f"quan-{number()}", title="Quận", kind="authority"
        )
        return str(made["code"])

    @cached_property
    def known(self) -> bool:
        """Whether the other services have heard of the school; waits until they have."""
        eventually(lambda: self.items("/campaigns"), timeout=60, message="surveys know it")
        eventually(lambda: self.items("/obligations"), timeout=60, message="reports know it")
        eventually(self._counted, timeout=60, message="inspections know it")
        return True

    def _counted(self) -> bool:
        return any(one["school"] == self.school for one in self.items("/duty-ratio"))
