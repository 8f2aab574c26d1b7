"""The same answers as feelin, the FEEL that form-js and the modeler run in the browser, where both are exact."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.feel import evaluate, to_json

WEB = Path(__file__).parents[3] / "web"
FEELIN = WEB / "node_modules" / "@bpmn-io" / "feelin"
CONTEXT = {
    "a": 1,
    "b": 7,
    "s": "kata",
    "ya": True,
    "tidak": False,
    "kosong": None,
    "daftar": [3, 1, 2],
    "k": {"x": 5, "nama": "Ani"},
}
SCRIPT = """
import { evaluate } from '@bpmn-io/feelin';
let text = '';
for await (const part of process.stdin) text += part;
const { cases, context } = JSON.parse(text);
const answer = (expression) => {
  try { const value = evaluate(expression, context).value; return value === undefined ? null : value; }
  catch (error) { return { error: String(error) }; }
};
console.log(JSON.stringify(cases.map(answer)));
"""
BY_HAND = [
    'if a < b then "kurang" else "lebih"',
    "daftar[item > 1]",
    "daftar[1]",
    "daftar[-1]",
    "daftar[7]",
    "k.nama",
    "k.tidak ada",
    "[{x: 1}, {x: 2}].x",
    "[{x: 1}, {x: 2}][x > 1]",
    "for i in daftar return i * b",
    "for i in 1..3, j in [1, 2] return i + j",
    "some i in daftar satisfies i = 2",
    "every i in daftar satisfies i > 0",
    "b in [1..7]",
    "b in (1..7)",
    "b in (1, 2, > 6)",
    "b between 1 and 7",
    'contains(s, "at")',
    'starts with(s, "ka")',
    "substring(s, 2, 2)",
    "string length(s)",
    "upper case(s)",
    'substring before(s, "t")',
    'replace(s, "a", "o")',
    'matches(s, "^k.*a$")',
    'split("a,b", ",")',
    "count(daftar)",
    "sum(daftar)",
    "min(daftar)",
    "max(daftar)",
    "sort(daftar, function(x, y) x < y)",
    "list contains(daftar, 2)",
    "append(daftar, 9)",
    "concatenate(daftar, [9])",
    "reverse(daftar)",
    "distinct values([1, 2, 1])",
    "flatten([1, [2, [3]]])",
    'get value(k, "x")',
    "not(ya)",
    "not(kosong)",
    "kosong = null",
    "tidak diketahui = null",
    "ya and kosong",
    "ya or kosong",
    "tidak and kosong",
    "1 + kosong",
    '"a" + "b"',
    "2 ** 10",
    "-b + 2",
    "modulo(-7, 3)",
    "floor(2.5)",
    "{p: 1, q: p + 1}.q",
    "(function(x) x * 2)(4)",
    '"a" < "b"',
]


def expression(rng: random.Random, depth: int) -> str:
    """A random expression over whole numbers and truth, whose answer is exact in both."""
    if depth == 0:
        return rng.choice(["a", "b", "2", "10", "k.x", "daftar[2]", "count(daftar)"])
    left, right = expression(rng, depth - 1), expression(rng, depth - 1)
    form = rng.choice(
        ["({0} + {1})", "({0} - {1})", "({0} * {1})", "(if {2} then {0} else {1})", "max({0}, {1})", "sum([{0}, {1}])"]
    )
    return form.format(left, right, condition(rng, depth - 1))


def condition(rng: random.Random, depth: int) -> str:
    """A random condition. `in` stands in brackets: feelin 6.1 reads `b in [2..9] or c` as `b in ([2..9] or c)`."""
    if depth <= 0:
        return rng.choice(["ya", "tidak", "a < b", 's = "kata"', "kosong = null", "(b in [2..9))"])
    forms = ["({0} and {1})", "({0} or {1})", "not({0})", "({2} < {3})", "({2} >= {3})", "({2} = {3})", "({2} != {3})"]
    return rng.choice(forms).format(
        condition(rng, depth - 1), condition(rng, depth - 1), expression(rng, depth - 1), expression(rng, depth - 1)
    )


@pytest.mark.skipif(not (shutil.which("node") and FEELIN.exists()), reason="needs node and web/node_modules")
def test_feelin_agrees() -> None:
    rng = random.Random(20261121)
    cases = [
        *BY_HAND,
        *(expression(rng, rng.randint(1, 3)) for _ in range(200)),
        *(condition(rng, 3) for _ in range(200)),
    ]
    run = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps({"cases": cases, "context": CONTEXT}),
        capture_output=True,
        text=True,
        check=True,
        cwd=WEB,
        timeout=60,
    )
    theirs = json.loads(run.stdout)
    ours = [to_json(evaluate(case, CONTEXT)) for case in cases]
    different = [(case, own, other) for case, own, other in zip(cases, ours, theirs, strict=True) if own != other]
    assert different == []
