"""Whole numbers that forms and addresses of pages carry: identifiers and versions. Nothing else."""


def whole(text: str) -> int | None:
    """The number that ASCII digits write, of a size that every database holds; None for anything else.

    `str.isdigit` alone is not enough: it takes '²', which `int` does not.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
