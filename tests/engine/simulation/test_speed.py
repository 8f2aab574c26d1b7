"""Ten thousand requests of the account SOP stay well within twenty seconds of CPU."""

from pathlib import Path
from time import process_time

from engine.diagram.parse import parse_diagram
from engine.simulation.simulate import simulate
from small_nets import OFFICE, scenario

ACCOUNT = Path(__file__).parents[3] / "bpmn" / "prosedur-pembuatan-akun-splp.bpmn"


def test_ten_thousand_requests() -> None:
    process = parse_diagram(ACCOUNT.read_bytes()).main
    chosen = scenario(10_000, 5, effort=0.1, branches={"keputusan_4": {"alur_keputusan_4_kegiatan_1": 0.2}})
    began = process_time()
    result = simulate(process, chosen, OFFICE, 1)
    assert process_time() - began < 20
    assert result.requests == 10_000
    assert {activity.element for activity in result.activities} == {f"kegiatan_{number}" for number in range(1, 8)}
