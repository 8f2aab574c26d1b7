"""No join waits for a token that cannot come.

The control flow is explored like a token game. A parallel join behind an exclusive choice, or a join with a branch
that never runs, waits for ever and the instance with it. A join that can never fire at all is an error. One that
fires on some paths only is an error in an SOP and a warning in other diagrams, where conditions may rule those paths
out. A token that stays behind after the join has fired is a warning.
"""

from collections.abc import Iterator

from engine.diagram.model import Process
from engine.diagram.rule import Context, Problem, Severity, label, path_text, problem
from engine.diagram.state_space import Stuck


def check(context: Context) -> Iterator[Problem]:
    """Joins that wait for ever, with the path that leads there."""
    for process, verdict in context.behaviour:
        for stuck in verdict.stuck:
            if stuck.join in process.nodes:
                yield _tell(context, process, stuck)


def _tell(context: Context, process: Process, stuck: Stuck) -> Problem:
    join = process.nodes[stuck.join]
    path = path_text(process, stuck.path)
    if stuck.fired_before:
        return problem(
            join.id,
            f"Token tertinggal di depan {label(join)} setelah gerbang itu lewat. Jalur: {path}.",
            f"A token stays behind before {label(join)} after it has fired. Path: {path}.",
            "Periksa cabang yang masuk dua kali; mungkin gerbang eksklusif yang dimaksud.",
            "Look at the branch that arrives twice; perhaps an exclusive gateway is meant.",
            "warning",
            related=stuck.path,
        )
    never = not stuck.fires_ever
    severity: Severity = "error" if never or context.profile == "sop" else "warning"
    return problem(
        join.id,
        f"{label(join)} " + ("tidak pernah" if never else "pada sebagian jalan tidak") + " menerima semua cabangnya; "
        f"permohonan macet. Jalur: {path}.",
        f"{label(join)} " + ("never" if never else "on some paths never") + " gets a token on every branch; "
        f"the instance is stuck. Path: {path}.",
        "Gabungkan dengan jenis gerbang yang sama dengan yang memecah (eksklusif dengan eksklusif).",
        "Join with the same kind of gateway that split (exclusive with exclusive).",
        severity,
        related=stuck.path,
    )
