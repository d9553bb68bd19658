"""Checks that statuses agree with one another: of places and links, crossings and links, projects and their works."""

from collections import defaultdict
from collections.abc import Iterator

from geodata.atlas import Atlas
from geodata.coordinate_check import nearest_km
from geodata.errors import Fault
from geodata.inspection import Check, lines_of, shown
from geodata.status import USABLE

__all__ = ["STATUS_CHECKS"]

# Modes that cannot pass a place that is shut; a road may go by it.
_BOUND_MODES = frozenset({"rail", "sea", "roro"})
_UNBUILT = frozenset({"under_construction", "planned", "proposed"})
_SHUT = frozenset({"suspended", "closed", "disused"})
_OF_PROJECTS = frozenset({"operating", "planned", "proposed", "suspended", "under_construction"})
_HUB_KM = 150.0


def _group(status: str) -> str:
    return "in use" if status in USABLE else "unbuilt" if status in _UNBUILT else "shut"


def _check_places(atlas: Atlas) -> Iterator[Fault]:
    used: dict[str, list[str]] = defaultdict(list)
    for link in atlas.links:
        if link["mode"] in _BOUND_MODES and link["status"] in USABLE:
            used[link["from_id"]].append(link["id"])
            used[link["to_id"]].append(link["id"])
    for line in lines_of(atlas.places):
        if line["status"] in _UNBUILT | {"disused"} and used[line["id"]]:
            problem = f"In use from here: {shown(used[line['id']])}."
            yield line.fault("status", problem, "Correct the status of the place or of the link.")


def _check_links(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.links):
        if line["status"] != "operating" and line["status_date"] is None and not _is_told(atlas, line["id"]):
            problem = "A link that is not simply in use has a dated report."
            yield line.fault("status", problem, "Fill status_date, or correct the status.")
        if line["traffic_mt"] and line["status"] in _UNBUILT:
            yield line.fault("status", "Freight was carried over it.", "Correct the status or delete the traffic.")


def _is_told(atlas: Atlas, object_id: str) -> bool:
    return any(object_id in event["object_ids"] for event in atlas.events)


def _check_crossings(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.crossings):
        links = [link for item in line["link_ids"] if (link := atlas.links.get(item))]
        groups = {_group(link["status"]) for link in links}
        # One that is in use may be so by a mode whose link the atlas does not hold.
        if links and line["status"] not in USABLE and "in use" not in groups and _group(line["status"]) not in groups:
            problem = f"Its links are {shown({link['status'] for link in links})}."
            yield line.fault("status", problem, "Correct the status of the crossing or of a link.")


def _check_projects(atlas: Atlas) -> Iterator[Fault]:
    today = atlas.data_date.isoformat()
    for line in lines_of(atlas.projects):
        status, start = line["status"], line["start"]
        found = {link["status"] for item in line["link_ids"] if (link := atlas.links.get(item))}
        problem = ""
        if status not in _OF_PROJECTS:
            problem = f"A project is one of: {shown(_OF_PROJECTS)}."
        elif line["progress_pct"] and status in {"planned", "proposed"}:
            problem = f"{line['progress_pct']:g} % of the works are done."
        elif start and start < today[: len(start)] and status == "proposed":
            problem = f"The works began in {start}."
        elif status == "operating" and found & _UNBUILT:
            problem = f"Links of it are {shown(found & _UNBUILT)}."
        elif status in {"planned", "proposed"} and "under_construction" in found:
            problem = "Links of it are under construction."
        if problem:
            yield line.fault("status", problem, "Correct the status, here or of its links.")


def _check_hubs(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.hubs):
        places = [place for item in line["place_ids"] if (place := atlas.places.get(item))]
        if any(nearest_km(place, [other]) > _HUB_KM for place in places for other in places):
            problem = f"Two of the places lie over {_HUB_KM:g} km apart."
            yield line.fault("place_ids", problem, "Take out the one that is not of the hub.")


STATUS_CHECKS = (
    Check(_check_places, ("places", "links")),
    Check(_check_links, ("links", "events")),
    Check(_check_crossings, ("crossings", "links")),
    Check(_check_projects, ("projects", "links")),
    Check(_check_hubs, ("hubs", "places")),
)
