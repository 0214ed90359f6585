"""Alertmanager's configuration: the file of the repository with an installation's own values."""

import os
import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from string import Template
from typing import Any

import yaml

SOURCE = Path(__file__).parents[1] / "alertmanager"
FLAGS = {"true": True, "false": False}
PAIR = re.compile(r"(?P<school>[a-z0-9-]+)=(?P<address>[^\s,=@]+@[^\s,=@]+)")


class AlertingError(Exception):
    """A value in the environment can't be used; the message names it."""


def write(target: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Write `alertmanager.yml` and the mail's template into the folder `target`.

    Raises `AlertingError`.
    """
    config = render(yaml.safe_load((SOURCE / "alertmanager.yml").read_text("utf-8")), environ)
    shutil.copyfile(SOURCE / "mail.tmpl", target / "mail.tmpl")
    making = target / "alertmanager.yml.new"
    making.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    making.replace(target / "alertmanager.yml")


def render(source: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the configuration with the values of `environ` and a route for each school named."""
    try:
        config: dict[str, Any] = _filled(source, environ)
    except KeyError as missing:
        raise AlertingError(f"{missing.args[0]} is not set") from None
    by_name = {receiver["name"]: receiver for receiver in config["receivers"]}
    for school, address in sorted(schools(environ.get("ALERT_MAIL_SCHOOLS", "")).items()):
        receiver = deepcopy(by_name["district"]) | {"name": f"school {school}"}
        receiver["email_configs"][0]["to"] = address
        config["receivers"].append(receiver)
        route = {
            "matchers": [f'school="{school}"'],
            "receiver": receiver["name"],
            "group_by": ["alertname"],
            "repeat_interval": "24h",
            "continue": True,  # the district is told as well
        }
        config["route"]["routes"].insert(0, route)
    return config


def schools(told: str) -> dict[str, str]:
    """Return the addresses of `school=address,…` by school; raises `AlertingError`."""
    found: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in told.split(","))):
        match = PAIR.fullmatch(pair)
        if match is None or match["school"] in found:
            raise AlertingError(f"ALERT_MAIL_SCHOOLS: {pair!r} is not one school=address")
        found[match["school"]] = match["address"]
    return found


def _filled(value: Any, environ: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, environ) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, environ) for inner in value]
    if isinstance(value, str) and "${" in value:
        filled = Template(value).substitute(environ)
        return FLAGS.get(filled, filled)
    return value
