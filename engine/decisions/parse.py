"""DMN 1.1 to 1.5 XML to a `DecisionModel`.

Owns the vocabulary of DMN. Reads what it knows and notes what it cannot run in `foreign`; it judges nothing else.
XML itself enters through `engine.diagram.xml`, the only door.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from engine.decisions.errors import DecisionFileRefused
from engine.decisions.model import (
    AGGREGATIONS,
    HIT_POLICIES,
    BoxLogic,
    ContextLogic,
    Decision,
    DecisionModel,
    FunctionLogic,
    InputClause,
    InputData,
    InvocationLogic,
    ItemType,
    Knowledge,
    ListLogic,
    LiteralLogic,
    Logic,
    OutputClause,
    RelationLogic,
    Rule,
    Service,
    TableLogic,
)
from engine.diagram.xml import line_of, parse_xml
from engine.feel.nodes import TypeNode

_NAMESPACES: Final = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_SOP: Final = "{urn:alur:sop:1}"
Element = Any


def parse_decisions(data: bytes) -> DecisionModel:
    """The model in the bytes of a DMN file.

    Raises:
        XmlRefused: no XML that Alur reads (`engine.diagram.xml`).
        XmlTooLarge: a limit of the XML door is exceeded.
        DecisionFileRefused: XML, but not DMN.
    """
    root = parse_xml(data)
    namespace, _, local = str(root.tag)[1:].partition("}")
    if namespace not in _NAMESPACES or local != "definitions":
        raise DecisionFileRefused(
            f"Expected DMN 1.1 to 1.5 <definitions>, but the file begins with {root.tag!r}. Export it as DMN."
        )
    return _Reader(f"{{{namespace}}}").model(root)


class _Reader:
    """Reads one file whose vocabulary lies in `space`."""

    def __init__(self, space: str) -> None:
        self._space = space
        self._foreign: list[tuple[str, int]] = []
        self._boxes: dict[str, Callable[[Element], Logic]] = {
            "literalExpression": self._literal,
            "decisionTable": self._table,
            "context": self._context,
            "invocation": self._invocation,
            "functionDefinition": self._function,
            "encapsulatedLogic": self._function,
            "list": self._list,
            "relation": self._relation,
            "conditional": self._box,
            "filter": self._box,
            "for": self._box,
            "some": self._box,
            "every": self._box,
        }

    def model(self, root: Element) -> DecisionModel:
        for element in self._all(root, "import"):
            self._foreign.append((f"import {element.get('name', '')}".strip(), line_of(element)))
        return DecisionModel(
            key=root.get("id") or root.get("name", ""),
            name=root.get("name", ""),
            namespace=root.get("namespace", ""),
            decisions=tuple(map(self._decision, self._all(root, "decision"))),
            inputs=tuple(map(self._input_data, self._all(root, "inputData"))),
            knowledge=tuple(map(self._knowledge, self._all(root, "businessKnowledgeModel"))),
            services=tuple(map(self._service, self._all(root, "decisionService"))),
            types={item.get("name", ""): self._item_type(item) for item in self._all(root, "itemDefinition")},
            vocabulary=frozenset(_words(name) for element in root.iter() for name in _names_of(element)),
            foreign=tuple(self._foreign),
        )

    # elements

    def _all(self, parent: Element, name: str) -> Iterator[Element]:
        return iter(parent.findall(f"{self._space}{name}"))

    def _one(self, parent: Element, name: str) -> Element:
        return parent.find(f"{self._space}{name}")

    def _text(self, parent: Element, name: str = "text") -> str:
        """The text of a child's <text>, or of the child itself when it is `text`."""
        child = self._one(parent, name)
        if child is None:
            return ""
        return (child.text or "").strip() if name == "text" else self._text(child)

    def _refs(self, parent: Element, name: str) -> tuple[str, ...]:
        return tuple(child.get("href", "").rpartition("#")[2] for child in self._all(parent, name))

    def _variable(self, element: Element) -> tuple[str, str]:
        """Name and type of an element's variable, else the element's own name."""
        variable = self._one(element, "variable")
        if variable is None:
            return _words(element.get("name", "")), ""
        return _words(variable.get("name") or element.get("name", "")), self._type(variable)

    def _type(self, element: Element) -> str:
        """The type an element names, by attribute (1.2 on) or child (1.1); prefixes such as `feel:` fall away."""
        name = element.get("typeRef") or self._text_of_child(element, "typeRef")
        return str(name).rpartition(":")[2].strip()

    def _text_of_child(self, element: Element, name: str) -> str:
        child = self._one(element, name)
        return (child.text or "").strip() if child is not None else ""

    def _item_type(self, element: Element) -> ItemType:
        components = list(self._all(element, "itemComponent"))
        if components:
            fields = tuple(component.get("name", "") for component in components)
            base = TypeNode("context", tuple(self._item_type(part).type for part in components), fields)
        else:
            base = TypeNode(self._type(element) or "Any")
        wanted = TypeNode("list", (base,)) if element.get("isCollection") == "true" else base
        return ItemType(wanted, self._text(element, "allowedValues"))

    # parts of the graph

    def _input_data(self, element: Element) -> InputData:
        name, kind = self._variable(element)
        return InputData(element.get("id", ""), name, kind, line_of(element))

    def _decision(self, element: Element) -> Decision:
        name, kind = self._variable(element)
        requires = [
            target
            for requirement in self._all(element, "informationRequirement")
            for role in ("requiredInput", "requiredDecision")
            for target in self._refs(requirement, role)
        ]
        return Decision(
            element.get("id", ""),
            name,
            kind,
            self._logic_in(element),
            tuple(requires),
            self._known(element),
            line_of(element),
        )

    def _known(self, element: Element) -> tuple[str, ...]:
        wanted = self._all(element, "knowledgeRequirement")
        return tuple(target for requirement in wanted for target in self._refs(requirement, "requiredKnowledge"))

    def _knowledge(self, element: Element) -> Knowledge:
        name, kind = self._variable(element)
        logic = self._one(element, "encapsulatedLogic")
        function = None if logic is None else self._function(logic)
        return Knowledge(element.get("id", ""), name, kind, function, self._known(element), line_of(element))

    def _service(self, element: Element) -> Service:
        name, _ = self._variable(element)
        inputs = self._refs(element, "inputDecision") + self._refs(element, "inputData")
        return Service(element.get("id", ""), name, self._refs(element, "outputDecision"), inputs, line_of(element))

    # logic

    def _logic_in(self, parent: Element) -> Logic | None:
        for child in parent:
            box = self._boxes.get(str(child.tag).removeprefix(self._space))
            if box is not None:
                return box(child)
        return None

    def _must(self, parent: Element) -> Logic:
        return self._logic_in(parent) or LiteralLogic("", line_of(parent))

    def _literal(self, element: Element) -> LiteralLogic:
        language = element.get("expressionLanguage", "")
        if language and "feel" not in language.lower():
            self._foreign.append((f"expressionLanguage {language}", line_of(element)))
        return LiteralLogic(self._text(element), line_of(element))

    def _context(self, element: Element) -> ContextLogic:
        entries = []
        for entry in self._all(element, "contextEntry"):
            name = self._variable(entry)[0] if self._one(entry, "variable") is not None else ""
            entries.append((name, self._must(entry)))
        return ContextLogic(tuple(entries), line_of(element))

    def _invocation(self, element: Element) -> InvocationLogic:
        bindings = []
        for binding in self._all(element, "binding"):
            parameter = self._one(binding, "parameter")
            name = "" if parameter is None else _words(parameter.get("name", ""))
            bindings.append((name, self._must(binding)))
        function = self._one(element, "literalExpression")
        text = "" if function is None else self._text(function)
        return InvocationLogic(text, tuple(bindings), line_of(element))

    def _function(self, element: Element) -> FunctionLogic:
        params = tuple(
            (_words(parameter.get("name", "")), self._type(parameter))
            for parameter in self._all(element, "formalParameter")
        )
        kind = element.get("kind", "FEEL").upper()[:4]
        if kind not in ("FEEL", "F"):
            self._foreign.append((f"function kind {kind}", line_of(element)))
        return FunctionLogic(params, self._must(element), kind, line_of(element))

    def _list(self, element: Element) -> ListLogic:
        items = [self._boxes[name](child) for child in element if (name := self._local(child)) in self._boxes]
        return ListLogic(tuple(items), line_of(element))

    def _local(self, element: Element) -> str:
        return str(element.tag).removeprefix(self._space)

    def _relation(self, element: Element) -> RelationLogic:
        columns = tuple(_words(column.get("name", "")) for column in self._all(element, "column"))
        rows = tuple(self._list(row).items for row in self._all(element, "row"))
        return RelationLogic(columns, rows, line_of(element))

    def _box(self, element: Element) -> BoxLogic:
        parts = {self._local(part): self._must(part) for part in element if self._logic_in(part) is not None}
        return BoxLogic(self._local(element), parts, _words(element.get("iteratorVariable", "")), line_of(element))

    # tables

    def _table(self, element: Element) -> TableLogic:
        policy = element.get("hitPolicy", "UNIQUE").upper()
        aggregation = element.get("aggregation", "").upper()
        return TableLogic(
            inputs=tuple(map(self._input, self._all(element, "input"))),
            outputs=tuple(map(self._output, self._all(element, "output"))),
            rules=tuple(self._rule(rule, number) for number, rule in enumerate(self._all(element, "rule"), 1)),
            hit_policy=HIT_POLICIES.get(policy, policy),
            aggregation=AGGREGATIONS.get(aggregation, aggregation),
            line=line_of(element),
        )

    def _input(self, element: Element) -> InputClause:
        expression = self._one(element, "inputExpression")
        text = "" if expression is None else self._text(expression)
        kind = "" if expression is None else self._type(expression)
        label = element.get("label", "") or text
        return InputClause(label, text, kind, self._text(element, "inputValues"), line_of(element))

    def _output(self, element: Element) -> OutputClause:
        return OutputClause(
            _words(element.get("name", "")),
            self._type(element),
            self._text(element, "outputValues"),
            self._text(element, "defaultOutputEntry"),
            line_of(element),
        )

    def _rule(self, element: Element, number: int) -> Rule:
        extensions = self._one(element, "extensionElements")
        mark = None if extensions is None else extensions.find(f"{_SOP}asumsi")
        return Rule(
            element.get("id", "") or f"rule_{number}",
            number,
            tuple(map(self._text, self._all(element, "inputEntry"))),
            tuple(map(self._text, self._all(element, "outputEntry"))),
            "" if mark is None else (mark.text or "").strip(),
            line_of(element),
        )


def _names_of(element: Element) -> list[str]:
    return [name for name in (element.get("name"), element.get("iteratorVariable")) if name]


def _words(name: str) -> str:
    return " ".join(name.split())
