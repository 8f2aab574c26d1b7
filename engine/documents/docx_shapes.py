"""Word shapes (DrawingML) that stand in a line of text: capsule, box, diamond. Editable in Word 2010 and later."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

_EMU = 36_000  # per millimetre
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    )
)
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_ALT = {
    "flowChartTerminator": "Mulai atau selesai",
    "rect": "Kegiatan",
    "flowChartDecision": "Keputusan",
    "ellipse": "Peristiwa",
}


def shape_run(preset: str, width: float, height: float, text: str, number: int) -> Any:
    """A `w:r` element with one shape.

    Args:
        preset: DrawingML name of the shape, one of `rect`, `ellipse`, `flowChartDecision`, `flowChartTerminator`.
        width, height: millimetres.
        text: words inside; may be empty.
        number: unique in the document.
    """
    across, down = int(width * _EMU), int(height * _EMU)
    fill = "E4EFE6" if preset == "flowChartTerminator" else "FFFFFF"
    return parse_xml(
        f'<w:r {_NAMESPACES}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="Lambang {number}" descr={quoteattr(text or _ALT[preset])}/>'
        f'<a:graphic><a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvSpPr/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        '<a:ln w="11000"><a:solidFill><a:srgbClr val="1B1B1B"/></a:solidFill></a:ln></wps:spPr>'
        f"{_inside(text)}"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _inside(text: str) -> str:
    if not text:
        return ""
    return (
        '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:b/><w:sz w:val="12"/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
    )
