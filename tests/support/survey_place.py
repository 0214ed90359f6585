"""What of surveys can stand in a school."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cached_property
from uuid import uuid4

from tests.support.eventually import eventually
from tests.support.spot import MARK, Json, Spot, number


class SurveyPlace(Spot):
    """A method makes a fresh thing of its kind and returns its id; a property is made once."""

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
            return bool(self.seen_campaign(found)["state"] == "open")

        eventually(opened, timeout=60, message="the campaign is open")
        return found

    def seen_campaign(self, campaign: str) -> Json:
        """A campaign as the operator sees it; a list of all would grow with each test."""
        route, token = "GET /api/v1/campaigns/{campaign_id}", self.token("operator")
        seen: Json = self.ask(route, token, {"campaign_id": campaign}).raise_for_status().json()
        return seen

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

    def data_request_body(self) -> Json:
        """What somebody asked about their own data today."""
        today = str(datetime.now(UTC).date())
        letter = f"Số đến {number()} {MARK}"
        return {"school": self.school, "kind": "erasure", "reference": letter, "received_on": today}

    def data_request(self) -> str:
        """A request that waits for its reply."""
        assert self.known
        made = self.send("POST /data-requests", "principal", **self.data_request_body())
        return str(made["request_id"])

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
        return str(self.seen_campaign(campaign)["slug"])

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
        return self.fresh_demand()

    def fresh_demand(self) -> str:
        """A report of an improper demand that nobody has touched."""
        known = {one["report_id"] for one in self.items("/demands")}
        assert self.reported()
        [made] = {one["report_id"] for one in self.items("/demands")} - known
        return str(made)

    def comment(self) -> dict[str, str]:
        """Something that a parent wrote in a closed campaign, by its path."""
        made = self.campaign()
        path = f"/api/v1/public/campaigns/{self.slug(made)}/responses"
        for _ in range(5):  # fewer are hidden
            body = self.answer_body() | {"answers": {"P": "no", "H": f"Ý {MARK} {number()}"}}
            body.pop("demand")
            answered = self.district.client.post(path, json=body)
            assert answered.status_code == 201, answered.text
        self.send(f"POST /campaigns/{made}/close", "district_officer", reason=f"Lý do {MARK}")
        asked = self.ask(
            "GET /api/v1/campaigns/{campaign_id}/comments",
            self.token("principal"),
            {"campaign_id": made},
        )
        found = asked.raise_for_status().json()["items"][0]["comment_id"]
        return {"campaign_id": made, "comment_id": str(found)}

    def task(self) -> str:
        """An improvement task that is open: it follows from a campaign below its target."""
        below = self.reported(parents=5)  # fewer have no verdict
        self.send(f"POST /campaigns/{below}/close", "district_officer", reason=f"Lý do {MARK}")

        def assigned() -> str:
            tasks = {one["campaign_id"]: one for one in self.items("/improvement-tasks")}
            return str(tasks[below]["task_id"]) if below in tasks else ""

        return eventually(assigned, timeout=60, message="the task is assigned")
