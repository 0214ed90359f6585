"""Directory as a process: who logs in, who is kept out, when it ends."""

import pytest

from contracts.problems import Problem
from contracts.rpc import accounts as a
from contracts.rpc.base import PARENT, Empty
from tests.component.directory.conftest import FIRST_PASSWORD, Directory
from tests.support.directory import code_of

CHOSEN = "mật khẩu tự chọn"


def test_the_first_operator_logs_in_and_changes_the_password(directory: Directory) -> None:
    first = directory.login(" VanHanh ", FIRST_PASSWORD)
    assert (first.account.role, first.account.must_change_password) == ("operator", True)
    second = directory.login("vanhanh", FIRST_PASSWORD)
    directory.change_password(first, FIRST_PASSWORD, CHOSEN)
    session = directory.resolve(first.token)
    assert (session.actor.schools, session.must_change_password) == (None, False)
    for token in (second.token, "", "x" * 500):
        with pytest.raises(Problem) as refused:
            directory.resolve(token)
        assert code_of(refused) == "auth.required"
    with pytest.raises(Problem) as refused:
        directory.login("vanhanh", FIRST_PASSWORD)
    assert code_of(refused) == "directory.wrong_credentials"
    assert directory.login("vanhanh", CHOSEN).account.must_change_password is False


def test_wrong_passwords_and_unknown_names_sound_the_same_until_both_are_blocked(
    directory: Directory,
) -> None:
    for username in ("vanhanh", "nguoi.la"):
        codes = []
        for _ in range(6):
            with pytest.raises(Problem) as refused:
                directory.login(username, "không phải thế này")
            codes.append(code_of(refused))
        assert codes == ["directory.wrong_credentials"] * 5 + ["directory.blocked"]
        assert 0 < refused.value.params["retry_after_seconds"] <= 30
    with pytest.raises(Problem) as refused:
        directory.login("vanhanh", FIRST_PASSWORD)
    assert code_of(refused) == "directory.blocked"
    directory.execute("UPDATE login_attempts SET last_at = last_at - interval '31 seconds'")
    assert directory.login("vanhanh", FIRST_PASSWORD).account.username == "vanhanh"
    metrics = directory.process.get("/metrics").text
    assert 'kipthoi_logins_total{outcome="wrong"} 10.0' in metrics
    assert 'kipthoi_logins_total{outcome="blocked"} 3.0' in metrics


def test_sessions_end_by_logout_by_idleness_and_by_age(directory: Directory) -> None:
    tokens = [directory.login("vanhanh", FIRST_PASSWORD).token for _ in range(3)]
    actor = directory.resolve(tokens[0]).actor
    directory.ask("logout", a.Logout(token=tokens[0]), Empty, actor)
    directory.ask("logout", a.Logout(token=tokens[0]), Empty, actor)
    ended = [tokens[0]]
    directory.execute(
        "UPDATE sessions SET used_at = used_at - interval '2 hours' WHERE ctid ="
        " (SELECT ctid FROM sessions ORDER BY opened_at LIMIT 1)"
    )
    ended.append(tokens[1])
    for token in ended:
        with pytest.raises(Problem) as refused:
            directory.resolve(token)
        assert code_of(refused) == "auth.required"
    assert directory.resolve(tokens[2]).actor == actor
    directory.execute("UPDATE sessions SET opened_at = opened_at - interval '12 hours'")
    with pytest.raises(Problem) as refused:
        directory.resolve(tokens[2])
    assert code_of(refused) == "auth.required"


def test_a_second_start_makes_no_second_operator_and_sessions_survive(directory: Directory) -> None:
    opened = directory.login("vanhanh", FIRST_PASSWORD)
    directory.change_password(opened, FIRST_PASSWORD, CHOSEN)
    assert directory.process.stop() == 0
    directory.process.start()
    assert directory.resolve(opened.token).actor.role == "operator"
    with pytest.raises(Problem) as refused:
        directory.login("vanhanh", FIRST_PASSWORD)
    assert code_of(refused) == "directory.wrong_credentials"


def test_no_secret_is_in_audit_events_or_logs(directory: Directory) -> None:
    opened = directory.login("vanhanh", FIRST_PASSWORD)
    directory.change_password(opened, FIRST_PASSWORD, CHOSEN)
    with pytest.raises(Problem):
        directory.login("vanhanh", "sai-bet-ca-roi")
    with pytest.raises(Problem):
        directory.login("sai-o-khac-roi", "x")
    directory.unit("quan-mau")
    wanted = a.CreateApiKey(title="Máy mẫu", role="district_viewer", unit="quan-mau")
    key = directory.ask("create_api_key", wanted, a.NewApiKey)
    made = directory.account("can.bo", "district_officer", "quan-mau").initial_password
    assert directory.resolve(key.token).actor.role == "district_viewer"
    directory.process.stop()
    kept = directory.dump() + directory.process.log.read_text()
    secrets = (
        made,
        FIRST_PASSWORD,
        CHOSEN,
        "sai-bet-ca-roi",
        "sai-o-khac-roi",
        opened.token,
        key.token,
    )
    assert "argon2" not in kept
    assert [secret for secret in secrets if secret in kept] == []


def test_what_is_no_request_is_told_so(directory: Directory) -> None:
    context = {"actor": PARENT.model_dump(mode="json"), "correlation_id": "x"}
    for method, request in (("login", {"username": 1}), ("resolve_session", None)):
        reply = directory.rpc.raw(f"directory.{method}", context, request)
        assert reply["result"]["problem"]["code"] == "request.invalid"
