"""Colours: lines keep 3:1 against land and sea, words 4.5:1 against the page, in both themes."""

import itertools
import re

import pytest

from maps.bundle import WEB

TOKENS = (WEB / "src" / "tokens.css").read_text(encoding="utf-8")
LINES = ("rail", "road", "sea-lane", "ferry", "inland", "gas", "oil", "stopped", "lit")
WORDS = ("ink", "soft", "accent")


def theme(name):
    light, dark = re.findall(r":root \{(.*?)\}", TOKENS, re.DOTALL)
    values = dict(re.findall(r"--([\w-]+): (#\w{6});", light))
    if name == "dark":
        values |= dict(re.findall(r"--([\w-]+): (#\w{6});", dark))
    return values


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), list(itertools.product(LINES, ("land", "sea"))))
def test_lines_stand_out_from_the_ground(name, line, ground):
    values = theme(name)

    assert contrast(values[line], values[ground]) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), list(itertools.product(WORDS, ("paper", "raised"))))
def test_words_can_be_read(name, words, ground):
    values = theme(name)

    assert contrast(values[words], values[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), list(itertools.product(("ink", "soft"), ("land", "sea"))))
def test_names_on_the_map_can_be_read(name, words, ground):
    values = theme(name)

    assert contrast(values[words], values[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("part", ["control", "focus", "warn"])
def test_controls_stand_out_from_the_page(name, part):
    values = theme(name)

    assert contrast(values[part], values["paper"]) >= 3
