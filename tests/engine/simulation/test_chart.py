"""The picture: well-formed, harmless, and of what was simulated."""

import re
from dataclasses import replace
from xml.dom import minidom

from engine.simulation.chart import chart_svg
from engine.simulation.simulate import simulate
from small_nets import OFFICE, net, scenario, spread

NET = net({"s": "startEvent", "a": "userTask", "e": "endEvent"}, ["s -> a", "a -> e"])


def test_one_bar_per_class_and_role() -> None:
    process = replace(NET, lanes=(replace(NET.lanes[0], name="<Kabid> & rekan"),))
    chosen = scenario(200, 5, activities={"a": spread("exponential", mean="PT1H")})
    svg = chart_svg(simulate(process, chosen, OFFICE, 1))
    tree = minidom.parseString(svg)
    assert len(tree.getElementsByTagName("rect")) == 1 + 20 + 2
    assert "&lt;Kabid&gt; &amp; rekan" in svg


def test_when_all_take_alike_there_is_still_a_chart() -> None:
    chosen = scenario(5, 5, staff={"petugas": None}, activities={"a": spread("constant", mean="PT0S")})
    svg = chart_svg(simulate(NET, chosen, OFFICE, 1))
    assert not re.search(r"[\"=.](nan|inf)", svg)
