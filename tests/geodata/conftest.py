"""Fixtures of the tests of geodata."""

import pytest

from geodata.atlas import Atlas, load_atlas


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Return the atlas that comes with the package."""
    return load_atlas()
