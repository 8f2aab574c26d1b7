"""Data inputs and outputs are declared as BPMN asks.

Every data input is in an input set and every data output in an output set; subprocesses have no data specification of
their own; a data association without transformation has one source. Alur keeps instance data as variables and needs
none of this: warnings, for the sake of other tools.
"""

from collections.abc import Iterator

from engine.diagram.names import SUBPROCESSES
from engine.diagram.rule import Context, Problem, problem
from engine.diagram.source import RawElement

_SETS = (
    ("dataInput", "inputSet", "dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    ("dataOutput", "outputSet", "dataOutputRefs", ("optionalOutputRefs", "whileExecutingOutputRefs")),
)


def check(context: Context) -> Iterator[Problem]:
    """Specifications that are incomplete, misplaced or ambiguous."""
    for specification in context.source.tagged("ioSpecification"):
        owner = context.owner_of(specification)
        if owner.tag in SUBPROCESSES:
            yield _say(owner, "subproses tidak boleh memuat ioSpecification", "a subprocess has no ioSpecification")
        for item, box, required, optional in _SETS:
            sets = context.source.children_of(specification, box)
            listed = {ref.text for one in sets for ref in context.source.children_of(one, required)}
            for data in context.source.children_of(specification, item):
                if data.id not in listed:
                    yield _say(owner, f'{item} "{data.id}" tidak ada di {box}', f'{item} "{data.id}" is in no {box}')
            for one in sets:
                own = {ref.text for ref in context.source.children_of(one, required)}
                for tag in optional:
                    for ref in context.source.children_of(one, tag):
                        if ref.text not in own:
                            yield _say(
                                owner,
                                f'{tag} "{ref.text}" tidak tercantum di {required}',
                                f'{tag} "{ref.text}" is not listed in {required}',
                            )
    for datum in context.source.tagged("dataObject", "dataInput", "dataOutput"):
        for definition in context.source.with_id(datum.attributes.get("itemSubjectRef", "").rpartition(":")[2]):
            if _is_collection(datum) != _is_collection(definition):
                yield _say(
                    context.owner_of(datum),
                    f'isCollection dari "{datum.id}" lain daripada itemDefinition-nya',
                    f'isCollection of "{datum.id}" differs from its itemDefinition',
                )
    for association in context.source.tagged("dataInputAssociation", "dataOutputAssociation"):
        sources = context.source.children_of(association, "sourceRef")
        if len(sources) > 1 and not context.source.children_of(association, "transformation"):
            yield _say(
                context.owner_of(association),
                "asosiasi data tanpa transformasi mempunyai lebih dari satu sumber",
                "a data association without transformation has several sources",
            )


def _is_collection(element: RawElement) -> bool:
    return element.attributes.get("isCollection", "false") in ("true", "1")


def _say(owner: RawElement, what_id: str, what_en: str) -> Problem:
    name = f'"{owner.name or owner.key}"'
    return problem(
        owner.key,
        f"Data {name}: {what_id}.",
        f"Data of {name}: {what_en}.",
        "Perbaiki spesifikasi datanya atau hapus; Alur memakai variabel.",
        "Correct the data specification or remove it; Alur uses variables.",
        "warning",
    )
