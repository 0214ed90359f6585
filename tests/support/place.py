"""A school of a real system, and what can stand in it, made through the REST interface."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import uuid4

from tests.support.eventually import eventually
from tests.support.spot import MARK, Json, number
from tests.support.survey_place import SurveyPlace

__all__ = ["EVERY_PART", "MARK", "Json", "Place", "number"]
# No kind of report has to hold more parts.
EVERY_PART: Final = list(range(1, 11))


class Place(SurveyPlace):
    """One school of the district with the people who act there.

    A method makes a fresh thing of its kind and returns its id; a property is made once.
    """

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
