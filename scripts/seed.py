"""Fills a database: the calendar, and in demo mode the people of roles.csv and every SOP of `bpmn/` with its forms."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from engine.commands.deploy_decision import deploy_decision
from engine.commands.deploy_definition import deploy_definition
from engine.commands.seed_calendar import seed_calendar
from engine.commands.seed_demo import seed_demo
from engine.context import Context
from engine.demo import read_roles
from engine.history.content import content_hash
from engine.storage.definitions import by_hash

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE, FORMS = ROOT / "bpmn", ROOT / "forms"
Progress = Callable[[list[Path]], Iterable[Path]]


def forms_of(key: str, folder: Path = FORMS) -> dict[str, bytes]:
    """The forms of a definition: files named `<key>.<what>.json`, by their names without .json."""
    return {path.name.removesuffix(".json"): path.read_bytes() for path in sorted(folder.glob(f"{key}.*.json"))}


def seed_everything(context: Context, progress: Progress = iter) -> tuple[list[str], list[dict[str, object]]]:
    """Seeds what is missing; safe to repeat.

    Args:
        progress: shows how far the deployment is.

    Returns:
        The user names created, and the answer of each new deployment.

    Raises:
        WrongState: no demo mode. DiagramRefused: a diagram of the catalogue is not right.
    """
    seed_calendar(context)
    names = seed_demo(context, read_roles((CATALOGUE / "roles.csv").read_bytes()))
    return names, list(deploy_catalogue(context, progress))


def deploy_catalogue(context: Context, progress: Progress = iter) -> Iterator[dict[str, object]]:
    """Deploys every decision and diagram of the catalogue that is not deployed yet, as the operator."""
    for path in sorted(CATALOGUE.glob("*.dmn")):
        deploy_decision(context, None, path.read_bytes())
    for path in progress(sorted(CATALOGUE.glob("*.bpmn"))):
        xml, forms = path.read_bytes(), forms_of(path.stem)
        if not _is_deployed(context, path.stem, content_hash(xml, forms)):
            yield deploy_definition(context, None, xml, profile="sop", forms=forms)


def _is_deployed(context: Context, key: str, content: str) -> bool:
    """Whether exactly this content is deployed; spares a restart the judging of the whole catalogue."""
    with context.database.read() as connection:
        return by_hash(connection, key, content) is not None
