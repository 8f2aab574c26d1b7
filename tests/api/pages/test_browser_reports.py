"""Reports in a real browser: the leader after a timer passed, charts, the coloured diagram, a phone."""

from datetime import timedelta

import pytest

from api.worker import settle
from browser_support import HEAD, KEY, Open, accessible, drawn, request_at
from engine.context import Context

pytestmark = pytest.mark.browser


def test_the_leader_sees_the_request_after_its_time_has_passed(open_browser: Open, service: Context) -> None:
    number = request_at(service, "warga", HEAD)
    service.clock.advance(timedelta(days=20))  # type: ignore[attr-defined]
    settle(service)

    leader = open_browser("pimpinan")
    leader.goto("/pimpinan")
    leader.wait_for_function("() => document.querySelector('canvas[data-chart]').height > 0")
    accessible(leader)
    leader.get_by_role("link", name="Lewat tenggat sekarang").click()
    assert leader.get_by_role("link", name=number).is_visible()
    accessible(leader)
    leader.goto("/laporan")
    accessible(leader)
    leader.get_by_role("link", name="Peta").first.click()
    drawn(leader)
    assert leader.locator(".djs-shape[class*=heat-][data-element-id=kegiatan_2]").count() == 1
    leader.get_by_label("Keterlambatan").check()
    assert leader.locator("[data-legend] li").first.inner_text() == "≤ 2,0%"
    accessible(leader)
    leader.emulate_media(media="print")
    assert [one for one in leader.locator("header, footer, form, .no-print").all() if one.is_visible()] == []
    assert leader.get_by_role("region", name="Kegiatan").is_visible()  # the table stands for the coloured diagram


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reports_on_a_phone(open_browser: Open, service: Context, scheme: str) -> None:
    request_at(service)
    settle(service)
    page = open_browser("pimpinan", viewport={"width": 360, "height": 740}, color_scheme=scheme, is_mobile=True)
    heat = f"/laporan/sop/{KEY}/peta"
    empty = f"{heat}?dari=2020-01-01&sampai=2020-01-31"
    for path in ("/pimpinan", "/laporan", "/laporan/permohonan?daftar=running", heat, empty):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
