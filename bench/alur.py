"""Alur over a fresh database, as an installation has it: people with posts and tokens, the SPLP account SOP deployed.

The applicant is a citizen, the other lanes have one employee each. Steps are taken either by calling the commands
(in process) or over HTTP with each person's token.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bench.client import Client
from bench.places import ROOT
from bench.process import KEY, diagram
from engine.assignment import APPLICANT, STAFF, Actor
from engine.clock import Clock, SystemClock
from engine.commands.assign_post import assign_post
from engine.commands.complete_task import complete_task
from engine.commands.create_agency import create_agency
from engine.commands.create_person import create_person
from engine.commands.create_post import create_post
from engine.commands.create_role import create_role
from engine.commands.deploy_definition import deploy_definition
from engine.commands.issue_token import issue_token
from engine.commands.start_instance import start_instance
from engine.context import Context, Settings
from engine.storage.migrate import is_empty, upgrade
from engine.storage.people import actor_by_username
from engine.storage.unit_of_work import Database, open_engine

SOP = "prosedur-pembuatan-akun-splp"
AGENCY = "Dinas Komunikasi dan Informatika Kabupaten Trenggalek"
ROLES = ("trenggalek-kadis-kominfo", "trenggalek-kabid-aptika", "trenggalek-pejabat-fungsional-aptika")
ROUND = [f"kegiatan_{number}" for number in range(1, 5)]  # what the loop repeats
BACK, ON = "tidak lengkap", "lengkap"


class Alur:
    """One installation. `actors` and `tokens` go by role."""

    def __init__(self, url: str, directory: Path, clock: Clock | None = None) -> None:
        self.url, self.directory = url, directory
        engine = open_engine(url)
        if is_empty(engine):
            upgrade(engine)
        self.context = Context(Database(engine), clock or SystemClock(), Settings(data_dir=directory, demo=True))
        self.actors: dict[str, Actor] = {}
        self.tokens: dict[str, str] = {}
        create_agency(self.context, None, code="kominfo", name=AGENCY)
        self._person(APPLICANT, "warga")
        self._person(STAFF, "pegawai")
        for role in ROLES:
            create_role(self.context, None, key=role, name=role)
            self._person(role, "pegawai", role)
        self.deploy((ROOT / "bpmn" / f"{SOP}.bpmn").read_bytes(), "sop", form_files())

    def environment(self) -> dict[str, str]:
        """The settings of a web or worker process over this installation."""
        return {"ALUR_DATABASE_URL": self.url, "ALUR_DATA_DIR": str(self.directory), "ALUR_DEMO": ""}

    def _person(self, role: str, kind: str, *granted: str) -> None:
        username = f"bench-{role}"
        create_person(self.context, None, username=username, name=username, kind=kind, demo=True)
        if kind == "pegawai":
            post = create_post(self.context, None, agency_code="kominfo", title=role, roles=granted)
            assign_post(
                self.context, None, username=username, post_id=post["id"], valid_from=date(2020, 1, 1)
            )
        self.tokens[role] = issue_token(self.context, None, username=username, name="bench")["token"]
        with self.context.database.read() as connection:
            self.actors[role] = actor_by_username(connection, username, self.context.clock.now())

    def deploy(self, xml: bytes, profile: str, forms: dict[str, bytes] | None = None) -> None:
        """Deploys a diagram."""
        deploy_definition(self.context, None, xml, profile=profile, forms=forms or {})

    def deploy_plain(self, activities: int, limit: str = "P30D") -> str:
        """Deploys the process of `bench.process` with that many activities, without lanes or forms; its key."""
        key = f"{KEY}-{activities}"
        self.deploy(diagram(activities, "feel", key, limit), "bpmn")
        return key

    def start(self) -> dict[str, Any]:
        """A new instance of the SOP, as the API answers with it."""
        return start_instance(self.context, self.actors[APPLICANT], SOP, start_data())

    def start_plain(self, key: str) -> dict[str, Any]:
        """A new instance of a process without lanes."""
        return start_instance(self.context, self.actors[STAFF], key, {})

    def complete(self, view: dict[str, Any], decision: str = ON) -> dict[str, Any]:
        """Completes the one open task of the SOP in process; the instance after it."""
        task = view["tasks"][0]
        return complete_task(self.context, self.actors[task["role"]], task["id"], answer(task["element_id"], decision))

    def complete_plain(self, view: dict[str, Any], **data: Any) -> dict[str, Any]:
        """Completes the one open task of a process without lanes in process."""
        return complete_task(self.context, self.actors[STAFF], view["tasks"][0]["id"], data)

    def rounds(self, view: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
        """Sends the request back `count` times; yields the instance after every step."""
        for _ in range(count):
            for _ in ROUND:
                view = self.complete(view, BACK)
                yield view


@cache
def form_files() -> dict[str, bytes]:
    """The SOP's forms by key."""
    return {path.stem: path.read_bytes() for path in sorted((ROOT / "forms").glob(f"{SOP}.*.json"))}


def start_data() -> dict[str, Any]:
    """What the applicant types into the start form."""
    return {"perihal": "Akun SPLP", "uraian_permohonan": "Integrasi layanan perizinan dengan SPLP."}


@cache
def answer(element: str, decision: str) -> dict[str, Any]:
    """Valid data for the form of an activity: everything ticked, a remark, and the decision if there is one."""
    components = json.loads(form_files()[f"{SOP}.{element}"])["components"]
    data: dict[str, Any] = {}
    for part in components:
        if part["type"] == "checklist":
            data[part["key"]] = [value["value"] for value in part["values"]]
        elif part["type"] == "radio":
            data[part["key"]] = decision
        elif part["type"] == "textarea":
            data[part["key"]] = "Sudah diperiksa."
    return data


class AlurClients:
    """One client of the load: one HTTP connection, as the other systems' clients have, with each person's token."""

    def __init__(self, port: int, tokens: dict[str, str]) -> None:
        self._client = Client(port)
        self._bearer = {role: f"Authorization: Bearer {token}\r\n" for role, token in tokens.items()}

    def close(self) -> None:
        """Closes the connection; the next request makes another."""
        self._client.close()

    def start(self) -> dict[str, Any]:
        """A new instance of the SOP over HTTP."""
        body = {"definition": SOP, "variables": start_data()}
        view: dict[str, Any] = self._client.json("POST", "/api/v1/instances", body, self._bearer[APPLICANT])
        return view

    def complete(self, view: dict[str, Any], decision: str = ON) -> dict[str, Any]:
        """Completes the one open task over HTTP; the instance after it."""
        task = view["tasks"][0]
        body = {"data": answer(task["element_id"], decision)}
        after: dict[str, Any] = self._client.json(
            "POST", f"/api/v1/tasks/{task['id']}/complete", body, self._bearer[task["role"]]
        )
        return after
