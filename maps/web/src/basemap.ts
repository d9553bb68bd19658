/** Land, coast, borders, lakes and disputed lines: the quiet ground under the corridors. */
import { polygon, polyline, svg as svgRenderer, type Map as LeafletMap } from "leaflet";
import { feature } from "topojson-client";
import type { Position } from "geojson";
import type { MultiLineString, MultiPolygon, Topology } from "topojson-specification";
import { data } from "./dom.ts";
import { LAKES, smooth } from "./lakes.ts";
import type { BorderLine, LonLat } from "./types.ts";

type BaseTopology = Topology<{ land: MultiPolygon; coast: MultiLineString; borders: MultiLineString }>;

/** Latitude first, as Leaflet wants it. */
export const latLngs = (coords: readonly (LonLat | Position)[]): [number, number][] =>
  coords.map(([lon, lat]) => [lat!, lon!]);

/** Draw the ground. What lies round the region, in little detail, comes first. */
export function drawBase(map: LeafletMap, disputed: readonly BorderLine[]): void {
  const pane = map.createPane("base");
  pane.style.zIndex = "200";
  const renderer = svgRenderer({ pane: "base", padding: 0.6 });
  const shared = { pane: "base", renderer, interactive: false };
  const grounds = [data<BaseTopology>("world"), data<BaseTopology>("base")];
  for (const topo of grounds) {
    const { coordinates } = feature(topo, topo.objects.land).geometry;
    polygon(coordinates.map((rings) => rings.map(latLngs)), { ...shared, className: "land" }).addTo(map);
  }
  for (const topo of grounds) {
    for (const layer of ["borders", "coast"] as const) {
      const { coordinates } = feature(topo, topo.objects[layer]).geometry;
      polyline(coordinates.map(latLngs), { ...shared, className: layer }).addTo(map);
    }
  }
  for (const lake of LAKES) {
    polygon(latLngs(smooth(lake.ring, 2)), { ...shared, className: "lake" }).addTo(map);
  }
  for (const line of disputed) {
    polyline(latLngs(line.coords), { ...shared, className: "disputed" }).addTo(map);
  }
}
