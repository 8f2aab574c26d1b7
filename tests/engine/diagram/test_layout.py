"""Drawings of random laned graphs are sound: nothing overlaps, no edge runs through a box or on another edge."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagram.layout import lay_out
from engine.diagram.layout_measure import measure
from engine.diagram.model import Identity
from engine.documents.sheet import END, NEXT, Branch, Performer, Sheet, SheetRow
from engine.documents.to_diagram import to_process


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """SOPs of 1 to 20 activities in up to 12 lanes with loops, jumps ahead and early ends."""
    lanes = draw(st.integers(1, 12))
    count = draw(st.integers(1, 20))
    performers = tuple(Performer(f"Pelaksana {place}", f"peran-{place}") for place in range(lanes))
    rows = []
    for place in range(count):
        onwards = END if place == count - 1 else NEXT
        branches = [Branch("ya", onwards)]
        for label in draw(st.lists(st.sampled_from(["tidak", "ulang", "tolak"]), max_size=1 + place % 2, unique=True)):
            targets = [END, *(str(number) for number in range(1, count + 1) if number != place + 1)]
            branches.append(Branch(label, draw(st.sampled_from(targets))))
        rows.append(
            SheetRow(
                key=str(place + 1),
                no=str(place + 1),
                activity=f"Kegiatan {place + 1} " + "kata " * draw(st.integers(0, 8)),
                performer=f"Pelaksana {draw(st.integers(0, lanes - 1))}",
                time=draw(st.sampled_from(["", "1 hari", "30 menit"])),
                branches=tuple(branches) if len(branches) > 1 else (),
            )
        )
    return Sheet("acak", "ACAK", Identity(), performers, tuple(rows))


@settings(max_examples=10, deadline=None)
@given(sheets())
def test_random_laned_graphs_are_drawn_soundly(sheet: Sheet) -> None:
    process = to_process(sheet)
    layout = lay_out(process)
    assert set(layout.shapes) == set(process.nodes)
    assert set(layout.edges) == set(process.flows)
    found = measure(process, layout)
    assert found.sound, found


def test_the_same_process_gives_the_same_drawing() -> None:
    rows = tuple(SheetRow(str(n), str(n), "Memeriksa", f"Pelaksana {n % 3}", time="1 hari") for n in range(1, 9))
    performers = tuple(Performer(f"Pelaksana {n}", f"peran-{n}") for n in range(3))
    process = to_process(Sheet("uji", "UJI", Identity(), performers, rows))
    assert lay_out(process) == lay_out(process)


def test_main_path_within_a_lane_is_straight_and_boundary_events_sit_on_their_host() -> None:
    rows = tuple(SheetRow(str(n), str(n), "Memeriksa", "Kabid", time="1 hari") for n in range(1, 6))
    process = to_process(Sheet("uji", "UJI", Identity(), (Performer("Kabid", "kabid"),), rows))
    layout = lay_out(process)
    main = ["mulai", *(f"kegiatan_{n}" for n in range(1, 6)), "selesai"]
    assert len({layout.shapes[name].centre[1] for name in main}) == 1
    assert measure(process, layout).crossings == 0
    for n in range(1, 6):
        host, event = layout.shapes[f"kegiatan_{n}"], layout.shapes[f"batas_{n}"]
        assert event.centre == (host.x, host.bottom)
