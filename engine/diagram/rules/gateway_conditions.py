"""Every way out of a deciding gateway has a condition or is the default.

An exclusive gateway with several outgoing flows takes the first whose condition is true, in the order of the file. A
flow without condition that is not the default would always (or never) be taken: nobody can tell, an error. Behind an
inclusive gateway such a flow is always taken: a warning. Without a default flow the instance stops with an incident
when no condition holds: a warning.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Deciding gateways with an undecided way out or without default."""
    for node in context.run_nodes():
        if node.kind not in ("exclusiveGateway", "inclusiveGateway") or len(node.outgoing) < 2:
            continue
        undecided = [flow for flow in node.outgoing if context.flows[flow].condition is None and flow != node.default]
        for flow in undecided:
            target = context.nodes.get(context.flows[flow].target)
            to_id = f" ke {label(target)}" if target is not None else ""
            to_en = f" to {label(target)}" if target is not None else ""
            yield problem(
                flow,
                f"Alur{to_id} dari gerbang {label(node)} tidak berkondisi dan bukan alur bawaan.",
                f"The flow{to_en} from the gateway {label(node)} has no condition and is not the default.",
                "Beri kondisi FEEL, atau jadikan alur bawaan gerbang itu.",
                "Give it a FEEL condition, or make it the gateway's default flow.",
                "error" if node.kind == "exclusiveGateway" else "warning",
            )
        if node.default is None and not undecided:
            yield problem(
                node.id,
                f"Gerbang {label(node)} tidak mempunyai alur bawaan.",
                f"The gateway {label(node)} has no default flow.",
                "Tandai satu alur sebagai bawaan, agar permohonan tidak berhenti bila tak satu pun kondisi terpenuhi.",
                "Mark one flow as the default, so that the instance goes on when no condition holds.",
                "warning",
            )
