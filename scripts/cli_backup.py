"""`alur backup` and `alur restore`: the database, the attachments and the keys in one archive.

The archive is a tar with `alur.db` (SQLite) or `tables/<name>.jsonl` and the schema's revision (PostgreSQL), and
`data/…`. A restore goes into an empty database of the same kind, and every history is verified afterwards.
"""

import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import click

from api.bootstrap import build_context
from api.config import Config
from engine.errors import InvalidInput, WrongState
from engine.queries.verify import verify_everything
from engine.storage.dump import back_up_sqlite, dump_tables, is_sound_sqlite, load_tables, table_names
from engine.storage.migrate import is_empty, revision
from engine.storage.unit_of_work import open_engine
from scripts.cli_support import REFUSED, as_json, progress, refusing, settings, show, waiting

KEPT = ("attachments", "keys", "secret_key")  # of the data directory
PLACES = ((), *((name,) for name in KEPT))  # below data/
REVISION = "tables/revision"  # the schema of the rows
archive = click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))


def _sqlite_path(config: Config) -> Path | None:
    """The file of a SQLite database; None = PostgreSQL."""
    prefix, _, path = config.database_url.partition(":///")
    return Path(path).resolve() if prefix.startswith("sqlite") else None


@click.command()
@archive
@as_json
@refusing
def backup(archive: Path, json_output: bool) -> None:
    """Writes database, attachments and keys to ARCHIVE (a new .tar file) while the service runs."""
    config = settings()
    if archive.exists():
        raise WrongState(f"Expected a new file for the backup, but {archive} exists.")
    unfinished = archive.with_name(f".{archive.name}.{os.getpid()}")
    try:
        with TemporaryDirectory(dir=archive.resolve().parent) as folder, tarfile.open(unfinished, "x") as tar:
            unfinished.chmod(0o600)
            for path in _database_files(config, Path(folder)):
                tar.add(path, arcname=str(path.relative_to(folder)))
            for name in KEPT:
                _add(tar, config.data_dir / name, f"data/{name}")
        unfinished.rename(archive)
    finally:
        unfinished.unlink(missing_ok=True)
    size = archive.stat().st_size
    show({"archive": str(archive), "bytes": size}, json_output, f"{archive}: {size:,} byte")


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """A file, or a folder with everything below; what is deleted meanwhile (`discard_uploads`) is left out."""
    with suppress(FileNotFoundError):
        tar.add(path, arcname=name, recursive=False)
        for below in sorted(path.iterdir()) if path.is_dir() else ():
            _add(tar, below, f"{name}/{below.name}")


def _database_files(config: Config, folder: Path) -> Iterator[Path]:
    """The database as files in `folder`, made one after the other."""
    source = _sqlite_path(config)
    if source is not None:
        with waiting("Menyalin basis data"):
            back_up_sqlite(source, folder / "alur.db")
        yield folder / "alur.db"
        return
    (folder / "tables").mkdir()
    engine = open_engine(config.database_url)
    for name, lines in progress(dump_tables(engine), "Menyalin tabel"):
        path = folder / "tables" / f"{name}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
        yield path
    (folder / REVISION).write_text(revision(engine))
    yield folder / REVISION
    engine.dispose()


@click.command()
@archive
@as_json
@click.pass_context
@refusing
def restore(ctx: click.Context, archive: Path, json_output: bool) -> None:
    """Restores ARCHIVE into an empty database and data directory, then verifies every history."""
    config = settings()
    with TemporaryDirectory() as folder:
        with waiting("Membuka cadangan"):
            _extract(archive, folder)
        _check_data(config, Path(folder) / "data")
        _restore_database(config, Path(folder))
        _restore_data(config, Path(folder) / "data")
    verdicts = list(progress(verify_everything(build_context(config)), "Memeriksa riwayat"))
    broken = [one for one in verdicts if not one["valid"]]
    facts = {"valid": not broken, "checked": len(verdicts), "broken": broken}
    show(facts, json_output, f"Dipulihkan; {len(verdicts)} riwayat diperiksa, {len(broken)} bermasalah.")
    if broken:
        ctx.exit(REFUSED)


def _extract(archive: Path, folder: str) -> None:
    """Unpacks plain files only (`filter="data"` does so too, but Python before 3.11.4 does not know it).

    Raises:
        InvalidInput: no archive, a damaged one, or one with a member that no backup has.
    """
    try:
        with tarfile.open(archive, "r") as tar:
            for member in tar.getmembers():
                if not _belongs(member):
                    raise InvalidInput(f"Expected plain files of a backup, but '{member.name}' is none.")
            tar.extractall(folder)  # noqa: S202 - every member was looked at
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise InvalidInput(f"Expected a whole archive of 'alur backup', but {archive} is none: {error}.") from error


def _belongs(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    if not path.parts or path.is_absolute() or ".." in path.parts or not (member.isfile() or member.isdir()):
        return False
    return path.parts[0] in ("alur.db", "tables") if path.parts[0] != "data" else path.parts[1:2] in PLACES


def _restore_database(config: Config, folder: Path) -> None:
    target = _sqlite_path(config)
    if not is_sound_sqlite(folder / "alur.db") and not (folder / REVISION).exists():
        raise InvalidInput("Expected a backup with a whole database, but this archive has none.")
    if (target is None) != (folder / "tables").exists():
        raise InvalidInput("Expected a backup of the same kind of database, but this one is of another.")
    if target is not None:
        if target.exists() and not is_empty(open_engine(config.database_url)):
            raise WrongState(f"Expected an empty place to restore into, but {target} holds a database.")
        target.parent.mkdir(parents=True, exist_ok=True)
        back_up_sqlite(folder / "alur.db", target)
        build_context(config, migrate=True)
        return
    engine = build_context(config, migrate=True).database.engine
    made_with, now = (folder / REVISION).read_text(), revision(engine)
    if made_with != now:
        raise InvalidInput(
            f"Expected a backup of the schema {now}, but it is of {made_with[:40]!r}; "
            "restore it with the Alur that made it, then update."
        )
    load_tables(engine, _tables(folder / "tables"))


def _tables(folder: Path) -> Iterator[tuple[str, Iterator[str]]]:
    for name in progress(table_names(), "Memulihkan tabel"):
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            raise InvalidInput(f"Expected every table in the backup, but {name} is missing.")
        with path.open(encoding="utf-8") as lines:
            yield name, iter(lines)


def _check_data(config: Config, source: Path) -> None:
    """Raises WrongState when a file of another installation would be overwritten, a signing key above all."""
    for path in sorted(source.rglob("*")):
        target = config.data_dir / path.relative_to(source)
        if not path.is_file() or path.name == "secret_key" or not target.exists():
            continue
        if not target.is_file() or target.read_bytes() != path.read_bytes():
            raise WrongState(f"Expected an empty data directory to restore into, but {target} is there.")


def _restore_data(config: Config, source: Path) -> None:
    for path in sorted(source.rglob("*")):
        target = config.data_dir / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif path.name != "secret_key" or not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.write_bytes(path.read_bytes())
            target.chmod(0o600)


COMMANDS = (backup, restore)
