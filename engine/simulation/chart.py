"""The answer of a simulation as a picture: how long requests take, and how busy the people are. SVG, no script."""

from collections.abc import Iterator
from html import escape

from engine.simulation.result import SimulationResult

_WIDTH, _BARS_HEIGHT, _LEFT, _ROW = 760, 220, 250, 24
_INK, _BLUE, _RED, _GREY = "#1b1b1b", "#2f6690", "#b3261e", "#e3e7ec"


def chart_svg(result: SimulationResult) -> str:
    """Two charts in one SVG: the histogram of office hours with median and q90, and utilisation by role."""
    roles = [role for role in result.roles if role.utilisation is not None]
    height = _BARS_HEIGHT + 90 + _ROW * len(roles) + 20
    title = f"Simulasi {result.requests} permohonan"
    parts = [*_histogram(result), *_utilisation(result, _BARS_HEIGHT + 90)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}"><title>{escape(title)}</title>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _histogram(result: SimulationResult) -> Iterator[str]:
    yield _text(20, 22, "Lama permohonan dalam jam kerja", bold=True)
    low, high = result.histogram[0][0], result.histogram[-1][1]
    most = max(count for _, _, count in result.histogram) or 1
    base, left, width = _BARS_HEIGHT, 40.0, _WIDTH - 60.0
    scale = width / (high - low)
    for start, end, count in result.histogram:
        tall = count / most * (_BARS_HEIGHT - 60)
        x = left + (start - low) * scale
        words = f"{start:.1f}-{end:.1f} jam: {count}"
        yield (
            f'<rect x="{x:.1f}" y="{base - tall:.1f}" width="{(end - start) * scale - 1:.1f}" height="{tall:.1f}" '
            f'fill="{_BLUE}"><title>{words}</title></rect>'
        )
    yield f'<line x1="{left}" y1="{base}" x2="{left + width}" y2="{base}" stroke="{_INK}"/>'
    for share in range(5):
        value = low + (high - low) * share / 4
        yield _text(left + (value - low) * scale, base + 16, f"{value:.1f}", "middle")
    for level, (name, value) in enumerate((("separuh", result.office_hours.median), ("90%", result.office_hours.q90))):
        x, y = left + (value - low) * scale, 44 + 14 * level
        yield f'<line x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{base}" stroke="{_RED}" stroke-dasharray="4 3"/>'
        yield _text(x + 4, y + 4, f"{name}: {value:.1f} jam")


def _utilisation(result: SimulationResult, top: float) -> Iterator[str]:
    yield _text(20, top - 20, "Beban tenaga (pekerjaan yang masuk dibanding kemampuan)", bold=True)
    width = _WIDTH - _LEFT - 70.0
    for place, role in enumerate(role for role in result.roles if role.utilisation is not None):
        y, share = top + place * _ROW, role.utilisation or 0.0
        colour = _RED if share >= 1 else _BLUE
        yield _text(_LEFT - 8, y + 13, role.name if len(role.name) <= 36 else f"{role.name[:35]}…", "end")
        yield f'<rect x="{_LEFT}" y="{y}" width="{width}" height="{_ROW - 6}" fill="{_GREY}"/>'
        yield f'<rect x="{_LEFT}" y="{y}" width="{width * min(share, 1):.1f}" height="{_ROW - 6}" fill="{colour}"/>'
        yield _text(_LEFT + width + 6, y + 13, f"{share:.0%}")


def _text(x: float, y: float, words: str, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'
