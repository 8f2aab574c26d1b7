"""The command line end to end: seeding, work, histories, backup and restore; exit codes 0, 1 and 2."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

KEY = "prosedur-pembuatan-akun-splp"
Alur = Callable[..., Result]


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def started(alur: Alur) -> dict[str, Any]:
    assert alur("seed-demo").exit_code == 0
    view: dict[str, Any] = _json(alur("start", KEY, "--as", "warga", "--json"))
    return view


def test_people_and_tokens(alur: Alur) -> None:
    seeded = _json(alur("seed-demo", "--json"))
    assert {"admin", "analis", "auditor", "warga"} <= set(seeded["persons"])
    assert [one["version"] for one in seeded["definitions"]] == [1]
    assert _json(alur("seed-demo", "--json")) == {"persons": [], "definitions": []}
    people = {one["username"]: one for one in _json(alur("people", "--json"))}
    assert people["trenggalek-kadis-kominfo"]["roles"] == ["pegawai", "trenggalek-kadis-kominfo"]
    assert people["trenggalek-kadis-kominfo"]["posts"][0]["title"] == "Kepala Dinas Komunikasi dan Informatika"
    assert "Demo Warga" in alur("people").output
    assert alur("token", "admin", "--ttl", "8h").stdout.startswith("alur_")
    assert alur("token", "tidak-ada").exit_code == 1
    assert "berlaku sampai" in alur("password", "admin").stdout
    assert alur("password", "tidak-ada").exit_code == 1
    assert alur("token", "admin", "--ttl", "selamanya").exit_code == 2
    assert alur("seed-demo", env={"ALUR_DEMO": ""}).exit_code == 1


def test_a_real_installation_gets_its_first_administrator(alur: Alur) -> None:
    made = alur("person", "kepala-tu", "--name", "Kepala TU", "--role", "alur-admin", "--password-stdin",
                input="kata-sandi-panjang\n", env={"ALUR_DEMO": ""})  # fmt: skip
    assert made.exit_code == 0, made.output
    assert _json(alur("people", "--json"))[0]["roles"] == ["alur-admin", "pegawai"]
    assert alur("person", "kepala-tu", "--name", "Lagi").exit_code == 1


def test_start_tasks_complete_replay_verify_export(alur: Alur, started: dict[str, Any], tmp_path: Path) -> None:
    tasks = _json(alur("tasks", "--as", "warga", "--json"))["items"]
    assert [one["id"] for one in tasks] == [started["tasks"][0]["id"]]
    assert tasks[0]["name"] in alur("tasks", "--as", "warga").output
    refused = alur("complete", tasks[0]["id"], "--as", "warga", "--data", '{"asing": 1}')
    assert refused.exit_code == 1
    assert "asing" in refused.stderr
    done = alur("complete", tasks[0]["id"], "--as", "warga", "--data", '{"kelengkapan": ["butir_1"]}', "--json")
    assert _json(done)["status"] == "running"
    assert alur("complete", tasks[0]["id"], "--as", "warga").exit_code == 1
    assert "task_completed" in alur("replay", started["registration_number"]).output
    assert _json(alur("verify", started["id"], "--json"))["valid"] is True
    assert _json(alur("verify", "--json"))["checked"] >= 2
    exported = tmp_path / "riwayat.jsonl"
    assert alur("export", "-o", str(exported)).exit_code == 0
    assert alur("verify", "--file", str(exported)).exit_code == 0
    exported.write_text(exported.read_text().replace("warga", "orang", 1))
    broken = alur("verify", "--file", str(exported))
    assert (broken.exit_code, "changed" in broken.output) == (1, True)
    assert "<log" in alur("export", "--format", "xes").output
    assert alur("replay", "TIDAK-ADA-1").exit_code == 1


def test_backup_and_restore(
    alur: Alur, started: dict[str, Any], tmp_path: Path, kind: str, new_url: Callable[[str, Path], str]
) -> None:
    archive, place = tmp_path / "alur.tar", tmp_path / "lain"
    place.mkdir()
    saved = alur("backup", str(archive), "--json")
    assert saved.exit_code == 0, saved.output
    assert archive.stat().st_mode & 0o077 == 0
    assert alur("backup", str(archive)).exit_code == 1
    other = {"ALUR_DATA_DIR": str(place), "ALUR_DATABASE_URL": new_url(kind, place)}
    restored = alur("restore", str(archive), "--json", env=other)
    assert restored.exit_code == 0, restored.output
    assert json.loads(restored.stdout)["valid"] is True
    assert alur("restore", str(archive), env=other).exit_code == 1  # no longer empty
    again = _json(alur("start", KEY, "--as", "warga", "--json", env=other))
    assert again["registration_number"].endswith("000002")
    assert again["id"] != started["id"]
    assert _json(alur("people", "--json", env=other)) == _json(alur("people", "--json"))


def test_validate_deploy_and_import_files(alur: Alur, tmp_path: Path) -> None:
    diagram = tmp_path / "bpmn" / f"{KEY}.bpmn"
    verdict = _json(alur("validate", str(diagram), "--profile", "bpmn", "--json"))
    assert verdict["valid"] is True
    bad = tmp_path / "rusak.bpmn"
    bad.write_text("<a/>")
    both = alur("validate", str(diagram), str(bad))
    assert (both.exit_code, "DITOLAK" in both.output) == (1, True)
    deployed = alur("deploy", str(diagram), str(bad), "--profile", "bpmn", "--json")
    assert deployed.exit_code == 1
    assert [one.get("version") for one in json.loads(deployed.stdout)] == [1, None]
    assert alur("validate", str(tmp_path / "tidak-ada.bpmn")).exit_code == 2


def test_validating_makes_no_database(alur: Alur, tmp_path: Path, kind: str) -> None:
    alur("validate", str(tmp_path / "bpmn" / f"{KEY}.bpmn"))
    if kind == "sqlite":
        assert not (tmp_path / "var" / "alur.db").exists()


def test_a_bad_setting_is_a_usage_error(alur: Alur) -> None:
    wrong = alur("people", env={"ALUR_PORT": "pintu"})
    assert (wrong.exit_code, "ALUR_PORT" in wrong.stderr) == (2, True)


def test_demo_requests_have_genuine_histories(alur: Alur) -> None:
    seeded = _json(alur("seed-demo", "--requests", "12", "--months", "2", "--json"))
    assert seeded["requests"]["asked"] == 12
    verified = alur("verify")
    assert verified.exit_code == 0, verified.output
    lines = alur("export", "--format", "jsonl").stdout.splitlines()
    started = [json.loads(line) for line in lines if '"instance_started"' in line]
    assert len(started) == 12
    assert len({one["at"][:10] for one in started}) > 4  # spread over days, not made in one go
    assert any('"task_completed"' in line for line in lines)


def test_demo_requests_are_for_demo_installations(alur: Alur) -> None:
    refused = alur("seed-demo", "--requests", "1", env={"ALUR_DEMO": ""})
    assert refused.exit_code == 1
    assert "ALUR_DEMO" in refused.stderr
