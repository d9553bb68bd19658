/** Places on the map: ports, crossings, breaks of gauge and the rest, as marks of 24 px. */
import { divIcon, marker, type Map as LeafletMap, type Marker } from "leaflet";
import { el } from "./dom.ts";
import { sayName } from "./strings.ts";
import { placeMark, symbolKind } from "./symbols.ts";
import type { Place } from "./types.ts";

const BUILT = new Set(["operating", "restricted", "suspended", "closed", "unknown", ""]);

export interface DrawnPlace {
  readonly place: Place;
  readonly layer: Marker;
  readonly element: HTMLElement;
}

export const kindOf = (place: Place): string => symbolKind(place.kind, place.gauge_break);

function draw(map: LeafletMap, place: Place): DrawnPlace {
  const kind = kindOf(place);
  const where = place.in_corridor ? "in-corridor" : "in-context";
  const layer = marker([place.lat, place.lon], {
    icon: divIcon({
      className: `place place-${kind} ${where}`,
      html: el("span", { class: "mark-box" }, placeMark(kind, BUILT.has(place.status))),
      iconSize: [24, 24],
    }),
    keyboard: false,
    bubblingMouseEvents: false,
    zIndexOffset: place.in_corridor ? 1000 : 0,
  }).addTo(map);
  const element = layer.getElement()!;
  element.dataset["id"] = place.id;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", `${sayName("kind", kind)}: ${place.name}`);
  return { place, layer, element };
}

export function drawPlaces(map: LeafletMap, places: readonly Place[]): ReadonlyMap<string, DrawnPlace> {
  return new Map(places.map((place) => [place.id, draw(map, place)]));
}
