"""QR codes: SVG for print and browser, PNG for Word. The only home of segno."""

import io

import segno


def qr_svg(text: str) -> str:
    """A QR code with a quiet border, error correction M; one path, no script, no style attribute, scalable."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    """The same code as a picture of eight pixels per module."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=2, scale=8)
    return out.getvalue()
