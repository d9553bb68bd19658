"""Downloads beside a page: what it shows, each statement with the figure and the sources that support it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from geodata import Atlas
from maps.wording import LICENCE, Shown, link_facts, place_facts

__all__ = ["page_csv", "page_geojson"]

_COLUMNS = (
    "object_id",
    "object",
    "statement",
    "text",
    "field",
    "value",
    "unit",
    "method",
    "low",
    "high",
    "date",
    "grade",
    "assumed",
    "source_ids",
)


def _statement(shown: Shown) -> dict[str, Any]:
    origin = shown.provenance
    value = list(shown.value) if isinstance(shown.value, tuple) else shown.value
    plain = {"statement": shown.label, "text": shown.text, "field": shown.field, "value": value, "unit": shown.unit}
    if origin is None:
        return plain
    return plain | {
        "method": origin.method,
        "low": origin.low,
        "high": origin.high,
        "date": origin.date,
        "grade": origin.grade,
        "assumed": origin.assumed,
        "source_ids": list(origin.source_ids),
    }


def _objects(atlas: Atlas, payload: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], list[dict[str, Any]]]]:
    articles = {article["id"]: article for article in payload["articles"]}
    for item in (*payload["links"], *payload["points"]):
        if not item["in_corridor"]:
            continue
        if item["id"] in atlas.links:
            facts = link_facts(atlas, atlas.links[item["id"]], item["geometry_quality"])
        else:
            table = "crossings" if item["kind"] == "crossing" else "places"
            facts = place_facts(atlas, table, atlas.tables[table][item["id"]])
        statements = [_statement(shown) for shown in facts]
        statements.append(
            {"statement": "Status", "text": item["status_text"], "field": "status", "value": item["status"], "unit": ""}
            | {"date": item.get("as_of"), "source_ids": item["sources"]}
        )
        for index in item["relations"]:
            relation = payload["relations"][index]
            statements.append(
                {
                    "statement": f"{articles[relation['article']]['label']} {relation['verb']} it, {relation['basis']}",
                    "text": relation["rationale"],
                    "field": relation["article"],
                    "value": relation["verb"],
                    "unit": "",
                    "grade": relation["grade"],
                    "assumed": False,
                    "source_ids": relation["sources"],
                }
            )
        yield item, statements


def page_csv(atlas: Atlas, payload: Mapping[str, Any]) -> str:
    """Return what a page states as one long CSV table, a row for each statement.

    Parameters
    ----------
    atlas
        The atlas.
    payload
        Payload of the page.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for item, statements in _objects(atlas, payload):
        for statement in statements:
            row = {"object_id": item["id"], "object": item["name"], **statement}
            for key in ("value", "source_ids"):
                if isinstance(row.get(key), list):
                    row[key] = ";".join(row[key])
            writer.writerow({key: _cell(value) for key, value in row.items()})
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in _FORMULA:
        # A spreadsheet would run such a text as a formula.
        return f"'{value}"
    return "" if value is None else value


_FORMULA = frozenset({"=", "+", "-", "@"})


def page_geojson(atlas: Atlas, payload: Mapping[str, Any]) -> str:
    """Return the objects of a page as GeoJSON on WGS84, each with its statements and their sources.

    Parameters
    ----------
    atlas
        The atlas.
    payload
        Payload of the page.
    """
    features = []
    for item, statements in _objects(atlas, payload):
        line = "coords" in item
        coordinates = item["coords"] if line else [item["lon"], item["lat"]]
        features.append(
            {
                "type": "Feature",
                "id": item["id"],
                "geometry": {"type": "LineString" if line else "Point", "coordinates": coordinates},
                "properties": {
                    "id": item["id"],
                    "name": item["name"],
                    "kind": item["mode"] if line else item["kind"],
                    "status": item["status"],
                    "statements": statements,
                },
            }
        )
    collection = {
        "type": "FeatureCollection",
        "name": payload["id"],
        "title": payload["title"],
        "atlas_version": payload["atlas_version"],
        "data_date": payload["data_date"],
        "as_of": payload["as_of"],
        "licence": LICENCE,
        "sources": payload["sources"],
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
