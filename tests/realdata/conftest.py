"""Fixtures of the tests on real maps; they skip where CORRIDORS_REALDATA names no folder."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def realdata() -> Path:
    """Return the folder of the real data."""
    name = os.environ.get("CORRIDORS_REALDATA", "")
    if not name or not Path(name).is_dir():
        pytest.skip("CORRIDORS_REALDATA names no folder with real data")
    return Path(name)
