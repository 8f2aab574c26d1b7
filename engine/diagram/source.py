"""The raw facts of a file beside its `Diagram`: every element with its line, references, shapes, vendor extensions.

Values only, for the rules: a `Diagram` cannot hold two elements with one id or a reference to nothing; these can.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.diagram.model import Diagram


@dataclass(frozen=True, slots=True)
class RawElement:
    """One element of the BPMN namespace (diagram interchange excluded).

    Attributes:
        index: position in the file, also its place in `Source.elements`.
        tag: local name. id, name: as written, "" when absent.
        parent: index of the enclosing BPMN element, -1 for the root's children.
        attributes: those without namespace. text: of a leaf, stripped.
        key: what `Diagram` calls it: the id, or the placeholder of a nameless element.
    """

    index: int
    tag: str
    id: str
    name: str
    line: int
    parent: int
    attributes: Mapping[str, str]
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Vendor:
    """One foreign extension: an element in `extensionElements` or an attribute, on the BPMN element `owner`."""

    owner: int
    namespace: str
    name: str
    value: str
    line: int
    is_attribute: bool
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SopElement:
    """One element of the `sop:` vocabulary; `inside` is the name of the sop: element around it, "" at the top."""

    owner: int
    name: str
    inside: str
    line: int
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of the diagram interchange; x, y, width, height in points."""

    element: str
    x: float
    y: float
    width: float
    height: float
    line: int


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the diagram interchange."""

    element: str
    line: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """An element of no known vocabulary, or of the BPMN namespace with an unknown name, and where it stands."""

    tag: str
    namespace: str
    owner: int
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file read: what it means (`diagram`) and what stands in it (everything else), in the order of the file."""

    diagram: Diagram
    elements: tuple[RawElement, ...]
    vendors: tuple[Vendor, ...] = ()
    sop: tuple[SopElement, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
    children: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    by_key: Mapping[str, RawElement] = field(default_factory=dict)
    by_id: Mapping[str, Sequence[RawElement]] = field(default_factory=dict)

    def children_of(self, element: RawElement, tag: str = "") -> list[RawElement]:
        """The direct BPMN children of an element, all or those of one tag."""
        found = (self.elements[index] for index in self.children.get(element.index, ()))
        return [child for child in found if not tag or child.tag == tag]

    def parent_of(self, element: RawElement) -> RawElement | None:
        """The enclosing BPMN element, None directly under the root."""
        return self.elements[element.parent] if element.parent >= 0 else None

    def tagged(self, *tags: str) -> list[RawElement]:
        """All elements with one of these local names."""
        return [element for element in self.elements if element.tag in tags]

    def with_id(self, identifier: str) -> Sequence[RawElement]:
        """All elements of that id; more than one when a file uses an id twice."""
        return self.by_id.get(identifier, ())

    def attribute(self, key: str, name: str, default: str = "") -> str:
        """An attribute of the element that the diagram calls `key`."""
        element = self.by_key.get(key)
        return element.attributes.get(name, default) if element else default
