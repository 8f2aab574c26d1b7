"""The command line end to end: seeding, work, histories, backup and restore; exit codes 0, 1 and 2."""

import json
import tarfile
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


def _damaged(archive: Path, folder: Path) -> dict[str, Path]:
    """Archives that are none of Alur's, or no longer whole."""
    found = {name: folder / f"{name}.tar" for name in ("missing", "text", "short", "foreign", "outside", "emptied")}
    found["text"].write_text("halo")
    found["short"].write_bytes(archive.read_bytes()[:30_000])
    for name, member in (("foreign", "data/alur.db"), ("outside", "../keluar"), ("emptied", "alur.db")):
        with tarfile.open(found[name], "w") as tar:
            tar.addfile(tarfile.TarInfo(member))
    return found


FILES = [
    ("start", KEY, "--as", "warga", "--data", "@tidak-ada.json"), ("start", KEY, "--as", "warga", "--data", "@bin"),
    ("verify", "--file", "bin"), ("verify", "--file", "kosong"), ("export", "-o", "tidak/ada/x"),
    ("document", KEY, "tidak/ada/x.html"), ("backup", "tidak/ada/x.tar"),
    ("simulate", KEY, "--as", "analis", "--requests", "1", "--chart", "tidak/ada/x.svg"),
]  # fmt: skip


def test_files_that_cannot_be_used_get_a_sentence(alur: Alur, tmp_path: Path, started: dict[str, Any]) -> None:
    (tmp_path / "bin").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "kosong").touch()
    for words in FILES:
        here = [word if word not in ("bin", "kosong") else str(tmp_path / word) for word in words]
        refused = alur(*(word.replace("@bin", f"@{tmp_path / 'bin'}") for word in here))
        assert refused.exit_code in (1, 2), words
        assert isinstance(refused.exception, SystemExit), (words, refused.exception)
        assert "Expected" in refused.stderr, words


@pytest.mark.parametrize(
    ("url", "code"),
    [("nonsense", 2), ("mysql://x:rahasia@y/z", 2), ("postgresql://x:rahasia@127.0.0.1:port/z", 1),
     ("postgresql://x:rahasia@127.0.0.1:1/z", 1), ("sqlite:////tidak/ada/x.db", 1)],
)  # fmt: skip
def test_a_database_that_cannot_be_reached_gets_a_sentence(alur: Alur, tmp_path: Path, url: str, code: int) -> None:
    for words in (("people",), ("backup", str(tmp_path / "x.tar"))):
        refused = alur(*words, env={"ALUR_DATABASE_URL": url})
        assert (refused.exit_code, isinstance(refused.exception, SystemExit)) == (code, True), refused.exception
        assert "Expected" in refused.stderr
        assert "rahasia" not in refused.stderr
    assert not list(tmp_path.glob("*x.tar*"))


def test_backup_and_restore(
    alur: Alur, started: dict[str, Any], tmp_path: Path, kind: str, new_url: Callable[[str, Path], str]
) -> None:
    archive, place = tmp_path / "alur.tar", tmp_path / "lain"
    place.mkdir()
    (tmp_path / "var" / "keys").mkdir(exist_ok=True)
    (tmp_path / "var" / "keys" / "kept").write_text("ours")
    saved = alur("backup", str(archive), "--json")
    assert saved.exit_code == 0, saved.output
    assert archive.stat().st_mode & 0o077 == 0
    assert alur("backup", str(archive)).exit_code == 1
    other = {"ALUR_DATA_DIR": str(place), "ALUR_DATABASE_URL": new_url(kind, place)}
    for name, damaged in _damaged(archive, tmp_path).items():
        refused = alur("restore", str(damaged), env=other)
        assert (refused.exit_code, refused.stderr.count("Expected")) == (1, 1), (name, refused.output)
    assert [path.name for path in place.iterdir() if path.name not in ("secret_key", "alur.db")] == []
    (place / "keys").mkdir()
    (place / "keys" / "kept").write_text("another installation's")
    assert "kept" in alur("restore", str(archive), env=other).stderr
    (place / "keys" / "kept").unlink()
    restored = alur("restore", str(archive), "--json", env=other)
    assert restored.exit_code == 0, restored.output
    assert json.loads(restored.stdout)["valid"] is True
    assert (place / "keys" / "kept").read_text() == "ours"
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
