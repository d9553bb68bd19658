"""Checks of texts: names that tell the same as ids, labels and neighbours, scripts, and text that was damaged."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from itertools import pairwise

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, Line, as_text, lines_of, shown
from geodata.table import Row

__all__ = ["NAME_CHECKS"]

_SCRIPTS = {
    **dict.fromkeys(("az", "en", "tr"), "LATIN"),
    **dict.fromkeys(("ar", "fa"), "ARABIC"),
    "hi": "DEVANAGARI",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "ru": "CYRILLIC",
}
# Letters that a language's neighbours in the same script have and it has not.
_FOREIGN_LETTERS = {"fa": "يىكةأإؤ", "ar": "پچژگکیہە", "ru": "іїєґўәғқңөұүһ", "tr": "əqxw"}
# The first word of a link's id, and the last words of its name.
_MODE_WORDS = {
    "rail": ("rail", "railway"),
    "road": ("road", "road"),
    "sea": ("sea", "sea leg"),
    "roro": ("roro", "ro-ro line"),
    "inland_waterway": ("canal", "canal"),
    "gas_pipeline": ("gas", "gas pipeline"),
    "oil_pipeline": ("oil", "oil pipeline"),
}
# UTF-8 that was read byte by byte.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}|[\u0080-\u009f\ufffd]"
)
_INVERTED = re.compile(r"\b[a-zçğıöşüə][A-ZÇĞİÖŞÜƏ]{3,}\b")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|nbsp|#\d+);|<[a-z/][^>]*>", re.IGNORECASE)
_DAMAGES = {
    _MOJIBAKE: "The text was read in a wrong encoding.",
    _INVERTED: "A word has its capitals the wrong way round.",
    _ENTITY: "The text holds marks of HTML.",
    re.compile("  "): "The text has two spaces together.",
}
_NEIGHBOURS = re.compile(r"set by hand between (.+) and (.+)$")
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")
# Tables whose rows are numbered within an owner.
_NUMBERED = (
    ("targets", "project_id", 1),
    ("differences", "check_id", 1),
    ("instrument_facts", "instrument_id", 1),
    ("borders", "line_id", 1),
    ("junctions", "link_id", 1),
)
_VIA_STEP = 10
_YARD = frozenset({"exchange", "yard"})
# Columns that are the same on every row of an owner.
_CONSTANT = (("borders", "line_id", ("name", "note", "source_ids")), ("vias", "geoname_id", ("lon", "lat", "country")))


def _words(*texts: str) -> set[str]:
    text = " ".join(texts).replace("ı", "i").replace("ə", "a").replace("Ə", "a")
    plain = unicodedata.normalize("NFKD", text).casefold()
    return set(re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char))))


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", text)).casefold()


def _check_texts(atlas: Atlas) -> Iterator[Fault]:
    for table in atlas.tables.values():
        free = [
            field.name
            for field in table.resource.fields
            if field.type == "string" and not (field.pattern or field.enum or field.references)
        ]
        for number, row in zip(table.lines, table.rows, strict=True):
            for column in free:
                text = row[column]
                if text and (problem := _damage(as_text(text), column)):
                    yield Line(table.resource.path, number, row).fault(column, problem, "Restore the text.")


@lru_cache(maxsize=1 << 15)
def _damage(text: str, column: str) -> str:
    if column == "url" and text and not _URL.fullmatch(text):
        return "The address is none of the web."
    for pattern, problem in _DAMAGES.items():
        if pattern.search(text) and (column != "url" or pattern is _MOJIBAKE):
            return problem
    if text.count("(") != text.count(")") or text.count('"') % 2 or text.count("«") != text.count("»"):
        return "A bracket or a quotation mark has no partner."
    return ""


def _check_places(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.places):
        prefix, *words = line["id"].split("-")
        country = line["country"]
        if prefix != (country or "xx").lower():
            yield line.fault("country", f"The id says {prefix}.", "Correct the country or the id (xx at sea).")
        if line["locode"] and country and line["locode"][:2] != country:
            yield line.fault("locode", f"The code is not one of {country}.", "Correct the code or the country.")
        texts = (line["name"], line["label"], *line["alt_names"])
        known = _words(*texts)
        lost = [word for word in words if word not in known and not any(word in _initials(text) for text in texts)]
        if lost:
            yield line.fault("id", f"No name of the place holds {shown(lost)}.", "Correct the name or the id.")
        for column, other in (("label", "name"), ("name", "label")):
            own, told = _words(line[column]), _words(line[other], *line["alt_names"]) | {*words, prefix}
            if (len(own - told) * 2 > len(own)) if column == "label" else not own & told:
                problem = f"Words that neither {other} nor id hold: {shown(own - told)}."
                yield line.fault(column, problem, "Write both alike.")


def _check_links(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.links):
        prefix, last = _MODE_WORDS[line["mode"]]
        if line["id"].split("-")[0] != prefix:
            yield line.fault(
                "mode", f"The id of a link by {line['mode']} begins with {prefix}.", "Correct one of them."
            )
        ends = [place for end in ("from_id", "to_id") if (place := atlas.places.get(line[end]))]
        expected = f"{'–'.join(place['label'] for place in ends)} {last}"
        if len({place["id"] for place in ends}) > 1 and line["name"] != expected:
            yield line.fault("name", "It is not made of the labels of its places.", f"Write {expected}.")
        known = _words(line["name"], *(place["id"] for place in ends))
        if lost := set(line["id"].split("-")[1:]) - known:
            yield line.fault("id", f"Neither name nor places hold {shown(lost)}.", "Correct the id or the places.")
            for end in ("from_id", "to_id"):
                if not _words(line[end]) & set(line["id"].split("-")[1:]):
                    yield line.fault(end, "The id of the link does not name this place.", "Correct the place.")


def _check_crossings(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.crossings):
        ends = [place for end in ("place_a_id", "place_b_id") if (place := atlas.places.get(line[end]))]
        known = set(line["id"].split("-")).union(
            *(_words(place["id"], place["name"], place["label"]) for place in ends)
        )
        own = _words(line["name"].split(" (")[0])
        lost = own - known - _YARD
        # A third post, or the town behind one, may stand in the name alone.
        if len(lost) * 3 > len(own):
            problem = f"Neither the id nor its places hold {shown(lost)}."
            yield line.fault("name", problem, "Correct the name or the id.")


def _check_ids(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.relations):
        article = line["article_id"].removeprefix("iran-russia-2025-")
        known = line["object_id"] in atlas.tables[f"{line['object_type']}s"] and line["article_id"] in atlas.articles
        if known and not line["id"].startswith(f"{article}-{line['object_type']}-{line['object_id']}"):
            yield line.fault("id", "The id is not made of article, type and object.", "Correct the id or the columns.")
    for line in lines_of(atlas.party_names):
        if not line["id"].startswith(f"{line['object_id']}-{line['party'].lower()}"):
            yield line.fault("id", "The id is not made of object and party.", "Correct the id or the columns.")


def _check_services(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.services):
        link = atlas.links.get(line["link_id"])
        if not link:
            continue
        if link["mode"] not in {"sea", "roro"}:
            yield line.fault("link_id", f"No ship sails on a link by {link['mode']}.", "Name the sea leg.")
        elif not _words(line["id"]) & _words(link["id"].partition("-")[2]):
            yield line.fault("link_id", f"The id {line['id']} names none of its ports.", "Correct one of the two.")


def _check_hubs(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.hubs):
        if set(line["id"].split("-")) - _words(line["name"]):
            yield line.fault("id", "The name does not hold the words of the id.", "Correct one of the two.")


def _check_facts(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.instrument_facts):
        if not re.fullmatch(rf"{re.escape(line['instrument_id'])}-[a-z]?\d+", line["id"]):
            yield line.fault("instrument_id", f"The id {line['id']} is not of this one.", "Correct one of the two.")


def _check_place_names(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.place_names):
        script = _SCRIPTS[line["lang"]]
        odd = {char for char in line["name"] if char.isalpha() and not unicodedata.name(char, "").startswith(script)}
        odd |= set(line["name"].casefold()) & set(_FOREIGN_LETTERS.get(line["lang"], ""))
        if odd:
            problem = f"Letters that are not of {line['lang']}: {shown(odd)}."
            yield line.fault("name", problem, "Write the name in that language's script, or correct lang.")
        place = atlas.places.get(line["place_id"])
        if place and line["basis"] == "label" and line["name"] != place["label"]:
            yield line.fault("name", f"The label is {place['label']!r}.", "Write the label, or change the basis.")
        if line["basis"] == "label" and line["lang"] != "en":
            yield line.fault("basis", "Labels are English.", "Correct the language or the basis.")


def _check_numbers(name: str, owner: str, step: int, atlas: Atlas) -> Iterator[Fault]:
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.tables[name]):
        rows[line[owner]].append(line)
    for own in rows.values():
        yield from _check_count(own, step)


def _check_count(lines: list[Line], step: int) -> Iterator[Fault]:
    for number, line in enumerate(sorted(lines, key=lambda line: line["seq"]), start=1):
        if line["seq"] != number * step:
            yield line.fault(
                "seq", f"The number {number * step} is left out.", f"Count {step}, {2 * step}, {3 * step}."
            )
            return


def _check_via_numbers(atlas: Atlas) -> Iterator[Fault]:
    for own in _via_lines(atlas).values():
        yield from _check_count(own, _VIA_STEP)


def _via_lines(atlas: Atlas) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for name in ("vias", "waypoints"):
        for line in lines_of(atlas.tables[name]):
            lines[line["link_id"]].append(line)
    return {key: sorted(own, key=lambda line: (line["seq"], line.file)) for key, own in lines.items()}


def _check_neighbours(atlas: Atlas) -> Iterator[Fault]:
    for link_id, own in _via_lines(atlas).items():
        link = atlas.links.get(link_id)
        ends = [atlas.places.get(link[end]) for end in ("from_id", "to_id")] if link else []
        if len(ends) < 2 or not ends[0] or not ends[1]:
            continue
        names = [_names(ends[0]), *({line["name"]} for line in own), _names(ends[1])]
        for line, before, after in zip(own, names, names[2:], strict=False):
            match = _NEIGHBOURS.search(line.row.get("reason", ""))
            if match and (_words(match[1]) - _words(*before) or _words(match[2]) - _words(*after)):
                problem = f"It lies between {shown(before)} and {shown(after)}."
                yield line.fault("reason", problem, "Name the points before and after it, or correct their names.")


def _names(place: Row) -> set[str]:
    return {place["name"], place["label"], place["id"]}


def _check_constant(name: str, owner: str, columns: tuple[str, ...], atlas: Atlas) -> Iterator[Fault]:
    rows: dict[object, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.tables[name]):
        rows[line[owner]].append(line)
    for own in rows.values():
        for column in columns:
            count: Mapping[str, int] = {
                text: sum(as_text(line[column]) == text for line in own)
                for text in {as_text(line[column]) for line in own}
            }
            usual = max(sorted(count), key=lambda text: count[text])
            for line in own if len(count) > 1 else ():
                # Of two rows that differ, nobody knows which is right.
                if as_text(line[column]) != usual or list(count.values()) == [1, 1]:
                    yield line.fault(column, f"Other rows of {owner} {line[owner]} differ.", f"Write {usual}.")


def _check_corrections(atlas: Atlas) -> Iterator[Fault]:
    last: dict[tuple[str, str], Line] = {}
    for line in sorted(lines_of(atlas.corrections), key=lambda line: (line["date"], line.number)):
        last[line["object_id"], line["field"]] = line
        if line["old"] == line["new"]:
            yield line.fault("new", "The value did not change.", "Correct one of the two, or delete the row.")
    for (object_id, field), line in last.items():
        homes = [
            table for table in atlas.tables.values() if table.resource.primary_key == ("id",) and object_id in table
        ]
        if not homes:
            yield line.fault("object_id", "No table holds this object.", "Correct the id.")
            continue
        values = [table[object_id][field] for table in homes if field in table[object_id]]
        if not values:
            yield line.fault("field", "The object has no such column.", "Correct the column.")
        elif not any(_same(line["new"], value) for value in values):
            problem = f"The atlas holds {as_text(values[0])!r}."
            yield line.fault("new", problem, "Write what the atlas holds, or correct the atlas.")


def _same(text: str | None, value: object) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bool(text) and re.fullmatch(r"-?\d+(\.\d+)?", text or "") is not None and float(text or 0) == value
    return (text or "") == as_text(value)


def _check_targets(atlas: Atlas) -> Iterator[Fault]:
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.targets):
        if line["announced_on"]:
            rows[line["project_id"]].append(line)
    for own in rows.values():
        ordered = sorted(own, key=lambda line: line["seq"])
        for first, then in pairwise(ordered):
            size = min(len(first["announced_on"]), len(then["announced_on"]))
            if then["announced_on"][:size] < first["announced_on"][:size]:
                problem = f"The target before was announced on {first['announced_on']}."
                yield then.fault("announced_on", problem, "Correct the day or the order.")


NAME_CHECKS = (
    Check(_check_texts, ()),
    Check(_check_places, ("places",)),
    Check(_check_links, ("links", "places")),
    Check(_check_crossings, ("crossings", "places")),
    Check(
        _check_ids, ("relations", "party_names", "articles", "corridors", "links", "places", "crossings", "projects")
    ),
    Check(_check_services, ("services", "links")),
    Check(_check_hubs, ("hubs",)),
    Check(_check_facts, ("instrument_facts",)),
    Check(_check_place_names, ("place_names", "places")),
    *(Check(partial(_check_numbers, *item), (item[0],)) for item in _NUMBERED),
    Check(_check_via_numbers, ("vias", "waypoints")),
    Check(_check_neighbours, ("vias", "waypoints", "links", "places")),
    *(Check(partial(_check_constant, *item), (item[0],)) for item in _CONSTANT),
    Check(_check_corrections, ("corrections",)),
    Check(_check_targets, ("targets",)),
)
