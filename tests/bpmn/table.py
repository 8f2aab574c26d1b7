"""Prints the conformance table, feature by feature: `python -m tests.bpmn.table`. Ends with 1 if anything failed."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PARAMETER = re.compile(r"\[([\w/]+)")


class Table:
    """Counts outcomes by feature: the folder of a conformance diagram, or "probes"."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.wrong: dict[str, list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        parameter = PARAMETER.search(report.nodeid)
        if report.when != "call" or parameter is None:
            return
        feature = parameter[1].partition("/")[0] if "/" in parameter[1] else "probes"
        if report.failed:
            self.wrong.setdefault(feature, []).append(parameter[1])
        elif "refused" in report.nodeid.partition("::")[2]:
            self.refused[feature] += 1
        else:
            self.right[feature] += 1

    def __str__(self) -> str:
        features = sorted({*self.right, *self.refused, *self.wrong})
        lines = [f"{'feature':<18}{'right':>7}{'refused':>9}{'wrong':>7}"]
        for feature in features:
            wrong = self.wrong.get(feature, [])
            counted = f"{self.right[feature]:>7}{self.refused[feature]:>9}{len(wrong):>7}"
            lines.append(f"{feature:<18}{counted}  {' '.join(sorted(wrong))}".rstrip())
        total = sum(map(len, self.wrong.values()))
        lines.append(f"{'all':<18}{self.right.total():>7}{self.refused.total():>9}{total:>7}")
        return "\n".join(lines)


def main() -> int:
    """Runs the suite quietly and prints the table."""
    table = Table()
    code = pytest.main(["-qqq", "--no-header", "--no-summary", "--tb=no", str(HERE)], plugins=[table])
    sys.stdout.write(f"{table}\n")
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main())
