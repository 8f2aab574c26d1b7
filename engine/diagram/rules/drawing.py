"""The drawing shows what the process does.

Shapes and edges refer to elements of the file, and, once there is a drawing, every activity, event, gateway and flow
has its own. An SOP without any drawing cannot be shown (warning; Alur can lay it out).
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Shapes of nothing, elements without shape, no drawing at all."""
    source = context.source
    parts = [part.element for part in source.shapes] + [part.element for part in source.edges]
    drawn = {name for part in parts for name in (part, part.rpartition(":")[2])}
    if not drawn:
        if context.profile == "sop" and context.diagram.processes:
            yield problem(
                context.diagram.processes[0].id,
                "Berkas tidak memuat gambar (diagram interchange).",
                "The file has no drawing (diagram interchange).",
                "Buka di penyunting, atau pakai Tata ulang: gambarnya dibuat otomatis.",
                "Open it in the editor, or lay it out anew: the drawing is made automatically.",
                "warning",
            )
        return
    for part in dict.fromkeys(parts):
        if not source.with_id(part) and not source.with_id(part.rpartition(":")[2]):
            yield problem(
                "",
                f'Gambar memuat bentuk untuk "{part}", yang tidak ada di model.',
                f'The drawing has a shape for "{part}", which is not in the model.',
                "Hapus bentuk itu atau ekspor ulang diagramnya.",
                "Remove the shape or export the diagram again.",
                "warning",
            )
    for key in (*context.nodes, *context.flows):
        if context.profile == "sop" and key not in drawn and not key.startswith("?"):
            yield problem(
                key,
                f'"{key}" tidak tampak di gambar.',
                f'"{key}" is not shown in the drawing.',
                "Pakai Tata ulang di penyunting, atau hapus dari model.",
                "Lay it out anew in the editor, or remove it from the model.",
                "warning",
            )
