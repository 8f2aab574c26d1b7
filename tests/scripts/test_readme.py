"""The tour of README.md really works: its shell lines are run against a fresh demo installation."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.client import Client
from bench.places import ROOT, free_port


@pytest.fixture
def port(tmp_path: Path) -> object:
    port = free_port()
    environment = os.environ | {"ALUR_DATA_DIR": str(tmp_path / "var"), "ALUR_PORT": str(port), "ALUR_DEMO": "1"}
    with (tmp_path / "serve.log").open("wb") as log:
        command = [sys.executable, "-m", "scripts.alur", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if Client(port).request("GET", "/healthz")[0] == 200:
                break
        except OSError:
            time.sleep(0.1)
    else:
        pytest.fail((tmp_path / "serve.log").read_text()[-2000:])
    yield port
    process.terminate()
    process.wait(30)


@pytest.mark.skipif(shutil.which("curl") is None, reason="the tour uses curl")
def test_the_tour_works(port: int, tmp_path: Path) -> None:
    tour = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert tour is not None
    script = tour[1].replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    script = script.replace(".venv/bin/alur", f"{sys.executable} -m scripts.alur")
    environment = os.environ | {"ALUR_DATA_DIR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    said = done.stdout
    assert done.returncode == 0, said + done.stderr
    assert "TRENGGALEK-KOMINFO-" in said
    assert "Belum lengkap: Surat Permohonan." in said
    assert '"element_id":"kegiatan_2"' in said
    assert "not_found" in said
    assert '"element_id":"kegiatan_3"' in said
    assert "task_completed" in said
    assert '"execution":"agrees"' in said
    assert "append-only" in done.stderr
    assert "refused, as it should be" in said
