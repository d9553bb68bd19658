"""Fixtures of the tests of the command line."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corridors.cli.app import main

Done = subprocess.CompletedProcess[str]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return the empty folder that commands run in."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def command(here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return a function that runs `corridors` inside this process, from its entry point to its exit code."""

    def command(*arguments: str, atlas: Path | None = None) -> Done:
        monkeypatch.chdir(here)
        monkeypatch.setattr(sys, "argv", ["corridors", *arguments])
        if atlas:
            monkeypatch.setenv("CORRIDORS_ATLAS", str(atlas))
        else:
            monkeypatch.delenv("CORRIDORS_ATLAS", raising=False)
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code
        return subprocess.CompletedProcess(arguments, code, *capfd.readouterr())

    return command


@pytest.fixture
def process(here: Path) -> Callable[..., Done]:
    """Return a function that runs `corridors` as a process of its own."""
    root = str(Path(__file__).parents[2])

    def process(*arguments: str) -> Done:
        # The checkout stands on the path, so that the tests also run where the package is not installed.
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        surroundings = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
        surroundings.pop("CORRIDORS_ATLAS", None)
        call = [sys.executable, "-m", "corridors.cli", *arguments]
        return subprocess.run(
            call, capture_output=True, encoding="utf-8", cwd=here, env=surroundings, check=False, timeout=60
        )

    return process
