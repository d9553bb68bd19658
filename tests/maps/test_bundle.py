"""The bundle: built from its sources, whole, and never older than they are."""

import importlib.util
import itertools
import json
import shutil
from pathlib import Path

import pytest

import maps.bundle
from maps.bundle import HASHES, OUTPUTS, STATIC, WEB, build_bundle, check_bundle, ensure_bundle
from maps.errors import BundleError, StaleBundleError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def static(tmp_path):
    return shutil.copytree(STATIC, tmp_path / "static")


@pytest.fixture
def web(tmp_path):
    return shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))


def test_bundle_of_the_checkout_is_up_to_date():
    check_bundle()


def test_missing_bundle_says_how_to_build_it(tmp_path):
    with pytest.raises(BundleError, match=r"python -m maps\.bundle"):
        check_bundle(tmp_path / "static", WEB)


@pytest.mark.parametrize("name", OUTPUTS)
def test_changed_output_is_refused(static, name):
    with (static / name).open("a", encoding="utf-8") as file:
        file.write(" ")

    with pytest.raises(BundleError, match=name):
        check_bundle(static, WEB)


def test_missing_output_is_refused(static):
    (static / "page.js").unlink()

    with pytest.raises(BundleError, match=r"page\.js is missing"):
        check_bundle(static, WEB)


def test_changed_source_makes_the_bundle_stale(static, web):
    with (web / "src" / "main.ts").open("a", encoding="utf-8") as file:
        file.write("\n// changed\n")

    with pytest.raises(StaleBundleError, match=r"src/main\.ts changed"):
        check_bundle(static, web)


def test_added_source_makes_the_bundle_stale(static, web):
    (web / "src" / "new.ts").write_text("export {};\n", encoding="utf-8")

    with pytest.raises(StaleBundleError, match=r"src/new\.ts changed"):
        check_bundle(static, web)


def test_installed_packages_are_no_sources(static, web):
    (web / "node_modules").mkdir()
    (web / "node_modules" / "file.js").write_text("", encoding="utf-8")

    check_bundle(static, web)


def test_bundle_without_sources_is_trusted(static, tmp_path):
    check_bundle(static, tmp_path / "none")


def test_current_bundle_is_not_built_again(static, web, monkeypatch):
    monkeypatch.setattr(maps.bundle, "build_bundle", lambda *_: pytest.fail("built again"))

    assert ensure_bundle(static, web) == static


def test_stale_bundle_is_built_again(static, web, monkeypatch):
    (web / "src" / "new.ts").write_text("export {};\n", encoding="utf-8")
    built = []
    monkeypatch.setattr(maps.bundle, "build_bundle", lambda *folders: built.append(folders) or folders[0])

    ensure_bundle(static, web)

    assert built == [(static, web)]


@pytest.mark.slow
def test_second_build_gives_the_same_bytes(tmp_path):
    try:
        built = build_bundle(tmp_path / "static")
    except BundleError as error:
        if "ENOTFOUND" in str(error) or "EAI_AGAIN" in str(error):
            pytest.skip("the npm registry cannot be reached")
        raise

    assert {name: (built / name).read_bytes() for name in (*OUTPUTS, HASHES)} == {
        name: (STATIC / name).read_bytes() for name in (*OUTPUTS, HASHES)
    }


def test_lock_file_names_no_download_address():
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in text
    assert "://" not in "".join(line for line in text.splitlines() if '"url"' not in line)


def test_every_package_of_the_page_is_locked_by_hash():
    packages = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_licence_texts_of_what_is_bundled_are_there():
    text = (STATIC / "LICENSES.txt").read_text(encoding="utf-8")

    for name in ("leaflet 1.9.4 (BSD-2-Clause)", "topojson-client", "world-atlas"):
        assert name in text
    assert "Volodymyr Agafonkin" in text


def test_base_map_has_land_coast_and_borders_only():
    for name in ("base.topo.json", "world.topo.json"):
        topo = json.loads((STATIC / name).read_text(encoding="utf-8"))
        assert sorted(topo["objects"]) == ["borders", "coast", "land"]


def decoded(topo, layer):
    scale, shift = topo["transform"]["scale"], topo["transform"]["translate"]
    for line in topo["objects"][layer]["arcs"]:
        for arc in line:
            x = y = 0
            points = []
            for step in topo["arcs"][arc if arc >= 0 else ~arc]:
                x, y = x + step[0], y + step[1]
                points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
            yield points


@pytest.mark.parametrize(
    ("area", "west", "south", "east", "north"),
    [
        ("the isthmus of Crimea", 33.3, 45.8, 35.2, 46.3),
        ("the line of control in Kashmir", 73.9, 33.2, 77.5, 36),
        ("Aksai Chin", 78.6, 33.5, 80, 35.5),
        ("the Golan", 35.6, 32.75, 36, 33.2),
        ("the buffer zone of Cyprus", 32.7, 34.9, 33.9, 35.3),
        ("the east of Somaliland", 48.1, 8.5, 48.9, 11),
    ],
)
def test_base_map_draws_no_border_inside_a_disputed_area(area, west, south, east, north):
    topo = json.loads((STATIC / "base.topo.json").read_text(encoding="utf-8"))
    inside = [
        (a, b)
        for line in decoded(topo, "borders")
        for a, b in itertools.pairwise(line)
        if west < (a[0] + b[0]) / 2 < east and south < (a[1] + b[1]) / 2 < north
    ]

    assert inside == [], area


@pytest.mark.parametrize(
    ("border", "west", "south", "east", "north"),
    [
        ("the Aras", 46, 38.8, 48, 39.8),
        ("Russia and Kazakhstan", 55, 49, 70, 56),
        ("Russia and Georgia", 43, 42.4, 45.5, 43.4),
    ],
)
def test_base_map_draws_agreed_land_borders_as_borders(border, west, south, east, north):
    topo = json.loads((STATIC / "base.topo.json").read_text(encoding="utf-8"))

    def points(layer):
        return [at for line in decoded(topo, layer) for at in line if west < at[0] < east and south < at[1] < north]

    assert len(points("borders")) > 5, border
    assert points("coast") == [], border


def test_no_straight_run_of_coast_crosses_the_map():
    for name, longest in (("base.topo.json", 6), ("world.topo.json", 12)):
        topo = json.loads((STATIC / name).read_text(encoding="utf-8"))
        for line in decoded(topo, "coast"):
            for (x0, y0), (x1, y1) in itertools.pairwise(line):
                assert abs(x0 - x1) + abs(y0 - y1) < longest, (name, (x0, y0), (x1, y1))


def load_hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.BundleHook


def test_build_hook_adds_the_bundle_to_distributions():
    pytest.importorskip("hatchling")
    hook = load_hook()(str(ROOT), {}, None, None, "", "wheel")
    build_data = {"force_include": {}}

    hook.initialize("standard", build_data)

    assert build_data["force_include"] == {str(ROOT / "maps" / "static"): "maps/static"}


def test_build_hook_adds_nothing_to_an_editable_install():
    pytest.importorskip("hatchling")
    hook = load_hook()(str(ROOT), {}, None, None, "", "wheel")
    build_data = {"force_include": {}}

    hook.initialize("editable", build_data)

    assert build_data["force_include"] == {}
