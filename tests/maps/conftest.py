"""Fixtures of the tests of the pages."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.bundle import ensure_bundle, load_assets

FIXTURE = Path(__file__).parent / "fixture" / "payload.json"
_PAYLOAD = json.loads(FIXTURE.read_text(encoding="utf-8"))

HOSTILE = (
    "<img src=x onerror=\"globalThis.harmed='img'\">",
    "</script><script>globalThis.harmed='script'</script>",
    "</style><script>globalThis.harmed='style'</script>",
    "<!--<script>",
    "`${globalThis.harmed='template'}`",
    "{{ 7 * 7 }}",
    "{% for %}",
    "{# gone #}",
    "\\1 \\u003c \\x3c",
    "\u2028line\u2029separators",
    "\u202egnp.exe",
    "'\"&amp;&lt;",
    "]]>",
    "javascript:globalThis.harmed='url'",
)


@pytest.fixture(scope="session", autouse=True)
def _bundle() -> None:
    """Build the bundle once where the checkout has none or an old one."""
    ensure_bundle()
    load_assets.cache_clear()


@pytest.fixture
def payload() -> dict[str, Any]:
    """Return a fresh copy of the hand-made payload."""
    return copy.deepcopy(_PAYLOAD)


@pytest.fixture
def index_payload(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the hand-made payload as an index."""
    return {**payload, "kind": "index", "id": "index"}


# Keys that choose behaviour or hold numbers and addresses; every other text is for readers.
_KEPT = {
    "id",
    "kind",
    "lang",
    "mode",
    "status",
    "verb",
    "basis",
    "article",
    "object_ids",
    "sources",
    "href",
    "schema_version",
}


def _poison(value: Any, say: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, list):
        return [_poison(item, say) for item in value]
    if isinstance(value, dict):
        return {
            key: item if key in _KEPT and not isinstance(item, dict) else _poison(item, say)
            for key, item in value.items()
        }
    return value


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest) -> str:
    """Return one hostile text."""
    return str(request.param)


@pytest.fixture
def hostile_payload(payload: dict[str, Any], hostile: str) -> dict[str, Any]:
    """Return a payload in which every text for readers ends with the hostile one."""
    poisoned: dict[str, Any] = _poison(payload, lambda text: f"{text} {hostile}")
    return poisoned
