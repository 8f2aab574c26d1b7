"""`alur prove` and `alur verify --file`: a proof leaves the house and is checked where no database is."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

KEY = "prosedur-pembuatan-akun-splp"
Alur = Callable[..., Result]


def test_a_proof_is_checked_offline(alur: Alur, tmp_path: Path) -> None:
    assert alur("seed-demo").exit_code == 0
    started = json.loads(alur("start", KEY, "--as", "warga", "--json").stdout)
    proof = tmp_path / "bukti.zip"
    assert alur("prove", started["registration_number"], "-o", str(proof)).exit_code == 0
    nowhere = {"ALUR_DATABASE_URL": "sqlite:////tidak/ada.db"}
    checked = alur("verify", "--file", str(proof), env=nowhere)
    assert (checked.exit_code, "Ditandatangani kunci" in checked.output) == (0, True)
    with zipfile.ZipFile(proof) as archive:
        assert archive.namelist() == ["bukti.json", "pernyataan.html", "pernyataan.pdf"]
        body = json.loads(archive.read("bukti.json"))
    key_id = body["statement"]["key_id"]
    assert alur("verify", "--file", str(proof), "--key", key_id, env=nowhere).exit_code == 0
    assert alur("verify", "--file", str(proof), "--key", body["public_key"], env=nowhere).exit_code == 0
    assert alur("verify", "--file", str(proof), "--key", "00" * 32, env=nowhere).exit_code == 1
    plain = tmp_path / "bukti.json"
    body["entries"][0]["at"] = "2020-01-01T00:00:00.000000Z"
    plain.write_text(json.dumps(body))
    broken = alur("verify", "--file", str(plain), env=nowhere)
    assert (broken.exit_code, "changed" in broken.output) == (1, True)
