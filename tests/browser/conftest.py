"""Fixtures of the browser tests: Chromium without a network, and pages opened from disk."""

import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from maps.bundle import ensure_bundle, install_packages, load_assets
from maps.errors import BundleError
from maps.page import write_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

FIXTURE = Path(__file__).parents[1] / "maps" / "fixture" / "payload.json"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_READY_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _bundle() -> None:
    """Build the bundle once where the checkout has none or an old one."""
    ensure_bundle()
    load_assets.cache_clear()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return the system's Chromium, headless."""
    path = os.environ.get("CORRIDORS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("Chromium is not installed and CORRIDORS_CHROMIUM names none")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the page's sources and its npm packages, tools included."""
    try:
        return install_packages(tmp_path_factory.mktemp("packages") / "web", with_tools=True)
    except BundleError as error:
        if "ENOTFOUND" in str(error) or "EAI_AGAIN" in str(error):
            pytest.skip("the npm registry cannot be reached")
        raise


@pytest.fixture
def payload() -> dict[str, Any]:
    """Return a fresh copy of the hand-made payload."""
    loaded: dict[str, Any] = copy.deepcopy(json.loads(FIXTURE.read_text(encoding="utf-8")))
    return loaded


@dataclass
class Opened:
    """A page in the browser, and everything it asked for or complained of."""

    page: Any
    file: Path
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def click(self, selector: str) -> None:
        """Click the one element that fits."""
        self.page.locator(selector).click()

    def click_link(self, link_id: str) -> None:
        """Click the middle of a link's line, where the browser has drawn it."""
        x, y = self.page.evaluate(
            """id => {
                const path = document.querySelector(`path.hit[data-id="${id}"]`);
                const at = path.getPointAtLength(path.getTotalLength() * 0.4);
                const point = at.matrixTransform(path.getScreenCTM());
                return [point.x, point.y];
            }""",
            link_id,
        )
        self.page.mouse.click(x, y)

    def ids(self, selector: str) -> set[str]:
        """Return the data-ids of the elements that fit."""
        return set(self.page.eval_on_selector_all(selector, "all => all.map(one => one.dataset.id)"))

    def lit(self) -> set[str]:
        """Return the ids that the map shows as lit."""
        return self.ids("#map path.line.is-lit, #map .place.is-lit")

    def hash(self) -> str:
        """Return the fragment of the address."""
        return str(self.page.evaluate("location.hash"))

    def focused(self) -> str:
        """Return a short description of the element that has the keyboard."""
        return str(
            self.page.evaluate(
                """() => {
                    const one = document.activeElement;
                    const name = one.getAttribute('aria-label') ?? one.textContent;
                    return `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}|${name.trim()}`;
                }"""
            )
        )

    def frames(self, count: int) -> None:
        """Let the browser draw some frames."""
        self.page.evaluate(
            """count => new Promise(done => {
                const step = left => left ? requestAnimationFrame(() => step(left - 1)) : done();
                step(count);
            })""",
            count,
        )


@pytest.fixture
def new_page(chromium: Any) -> Iterator[Callable[..., Opened]]:
    """Return a function that opens a file without a network."""
    contexts = []

    def open_file(
        file: Path,
        *,
        fragment: str = "",
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        ready: bool = True,
        **options: Any,
    ) -> Opened:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, **options
        )
        contexts.append(context)
        context.route(
            "**/*", lambda route: route.abort() if route.request.url.startswith("http") else route.continue_()
        )
        opened = Opened(context.new_page(), file)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on(
            "requestfailed",
            lambda request: opened.refused.append(request.url) if request.failure == "csp" else None,
        )
        opened.page.on(
            "console",
            lambda message: opened.complaints.append(message.text) if message.type in {"error", "warning"} else None,
        )
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("dialog", lambda dialog: (opened.complaints.append(dialog.message), dialog.dismiss()))
        opened.page.goto(file.as_uri() + fragment)
        if ready:
            opened.page.wait_for_selector('html[data-ready="1"]', timeout=_READY_MS)
        return opened

    yield open_file
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(new_page: Callable[..., Opened], tmp_path: Path) -> Callable[..., Opened]:
    """Return a function that writes a payload's page and opens it."""

    def open_payload(payload: dict[str, Any], **options: Any) -> Opened:
        return new_page(write_page(payload, tmp_path / "page.html"), **options)

    return open_payload
