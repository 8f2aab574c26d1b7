"""QR codes as SVG, for print and browser. The only home of segno."""

import io

import segno


def qr_svg(text: str) -> str:
    """A QR code with a quiet border, error correction M; one path, no script, no style attribute, scalable."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode()
