"""Forms without script: the same answers as through the API come to the same data, whatever the component."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.commands.deploy_definition import deploy_definition
from engine.context import Context
from pages_support import Visitor
from scripts.seed import CATALOGUE, forms_of

KEY = "prosedur-pembuatan-akun-splp"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _one(kind: str, key: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "id": f"f_{key}".replace(".", "_"), "label": key, **more}


def _options(*values: Any) -> list[dict[str, Any]]:
    return [{"label": f"Pilihan {value}", "value": value} for value in values]


MUST = {"required": True}
COMPONENTS = [
    _one("textfield", "bawaan", defaultValue="awal"),
    _one("textfield", "pemohon.nama", validate=MUST),
    _one("number", "panjang", serializeToString=True),
    _one("number", "angka", decimalDigits=1),
    _one("select", "pilih", values=_options(1, 2), validate=MUST),
    _one("radio", "setelan", values=_options(True, False), validate=MUST),
    _one("checklist", "cek", values=_options(1, 2, 3), validate=MUST),
    _one("select", "rumus", valuesExpression='=["a", "b"]', validate=MUST),
    _one("taglist", "tanda", valuesExpression="=[10, 20]"),
    _one("radio", "variabel", valuesKey="tidakada"),
    _one("datetime", "hari"),
    _one("datetime", "jam", subtype="time", timeSerializingFormat="utc_offset"),
    _one("datetime", "mulai", subtype="datetime", timeSerializingFormat="utc_normalized", validate=MUST),
    _one("textfield", "mati", disabled=True, defaultValue="x"),
    {"type": "group", "id": "g", "path": "alamat.rumah", "label": "Alamat",
     "components": [_one("textfield", "jalan", validate=MUST), _one("filepicker", "ktp", accept=".pdf")]},
    {"type": "group", "id": "h", "path": "alamat.rumah", "label": "Lagi", "components": [_one("textfield", "kota")]},
]  # fmt: skip
DATA = {
    "bawaan": None, "pemohon": {"nama": "A"}, "panjang": "12345678901234567890.123", "angka": 2.5, "pilih": 2,
    "setelan": True, "cek": [1, 3], "rumus": "b", "tanda": [20], "jam": "07:30+07:00", "mulai": "2026-03-09T00:30Z",
    "alamat": {"rumah": {"jalan": "J", "kota": "K"}},
}  # fmt: skip
TYPED = {
    "bawaan": "", "pemohon.nama": "A", "panjang": "12345678901234567890.123", "angka": "2.5", "pilih": "2",
    "setelan": "True", "cek": ["1", "3"], "rumus": "b", "tanda": ["20"], "jam": "07:30", "mulai": "2026-03-09T07:30",
    "alamat.rumah.jalan": "J", "alamat.rumah.kota": "K",
}  # fmt: skip


@pytest.fixture
def service(service: Context) -> Context:
    """The SOP with a start form of every kind of component."""
    form = {"type": "default", "id": f"{KEY}.mulai", "schemaVersion": 19, "components": COMPONENTS}
    forms = {**forms_of(KEY), f"{KEY}.mulai": json.dumps(form).encode()}
    deploy_definition(service, None, (CATALOGUE / f"{KEY}.bpmn").read_bytes(), forms=forms)
    return service


def _known(http: Any, number: int) -> dict[str, Any]:
    task = http.get("/tasks", "warga").json["items"][number]
    variables: dict[str, Any] = http.get(f"/tasks/{task['id']}", "warga").json["variables"]
    return variables


def test_page_and_api_come_to_the_same_data(http: Any, visitor: Callable[[], Visitor]) -> None:
    assert http.post("/instances", "warga", json={"definition": KEY, "variables": DATA}).status_code == 201
    citizen = visitor().log_in("warga")
    shown = citizen.get(f"/layanan/{KEY}/ajukan").text
    assert 'name="bawaan" value="awal"' in shown
    assert 'name="hari" value="" type="date"' in shown
    file = {"alamat.rumah.ktp": (io.BytesIO(PDF), "ktp.pdf")}
    sent = citizen.post(f"/layanan/{KEY}/ajukan", {**TYPED, **file, "kunci": "form-uji-1"})
    assert sent.status_code == 303, sent.text
    one, other = _known(http, 0), _known(http, 1)
    assert {len(found["alamat"]["rumah"].pop("ktp")) for found in (one, other)} == {0, 1}
    assert one == other
    assert one["bawaan"] is None
    assert one["mulai"] == "2026-03-09T00:30Z"


def test_what_was_typed_comes_back_in_the_agencys_time(visitor: Callable[[], Visitor]) -> None:
    citizen = visitor().log_in("warga")
    citizen.get(f"/layanan/{KEY}/ajukan")
    refused = citizen.post(f"/layanan/{KEY}/ajukan", {**TYPED, "rumus": "c", "kunci": "form-uji-2"})
    assert refused.status_code == 422
    for kept in ('value="2026-03-09T07:30"', 'value="07:30"', '<option value="2" selected>', 'id="salah-rumus"'):
        assert kept in refused.text
    assert refused.text.count('id="salah-') == 1
