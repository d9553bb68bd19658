/**
 * Make the base map: `node ground/base.ts <world-atlas folder> <output folder>`.
 *
 * Two TopoJSON files come out. `base.topo.json` is the region of the corridors, clipped and
 * simplified, with three objects: `land` (one merged fill), `coast` and `borders` (lines).
 * `world.topo.json` is what lies round it in little detail, for the long way by sea.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { geoIdentity } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import type { Feature, FeatureCollection, Geometry, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, merge, mesh } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, quantile, simplify } from "topojson-simplify";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";
import { ANY, OMISSIONS } from "./disputed.ts";

type Box = readonly [west: number, south: number, east: number, north: number];
type Names = { name: string };
type Layer = GeometryCollection<Names>;
type Net = Topology<{ countries: Layer }>;

const REGION: Box = [14, 0, 98, 68];
/** The Suez and Cape routes fit in this frame; the page lets no one pan out of it. */
const FRAME: Box = [-62, -48, 130, 76];
/** Boxes round the region; an overlap of a pixel or two hides the seam between the two levels of detail. */
const SEAM = 0.4;
const REST: readonly Box[] = [
  [FRAME[0], FRAME[1], REGION[0] + SEAM, FRAME[3]],
  [REGION[2] - SEAM, FRAME[1], FRAME[2], FRAME[3]],
  [REGION[0], FRAME[1], REGION[2], REGION[1] + SEAM],
  [REGION[0], REGION[3] - SEAM, REGION[2], FRAME[3]],
];
/** Where the maps come close, round the Aras, lines keep more points; far from every corridor they keep fewer. */
const CLOSE: Box = [43, 38, 50, 42];
const CLOSE_WEIGHT = 20;
const NEAR: Box = [24, 8, 92, 61];
const FAR_WEIGHT = 0.2;
/** Share of the points that the simplification keeps. */
const KEPT = 0.075;
const KEPT_WORLD = 0.4;
/** Steps per axis; 84 degrees in 25,000 steps are about 370 m each. */
const STEPS = 25_000;
const STEPS_WORLD = 3_000;

const inside = (box: Box, [x, y]: Position): boolean =>
  x! >= box[0] && x! <= box[2] && y! >= box[1] && y! <= box[3];

function clip(countries: readonly Feature<Geometry, Names>[], box: Box): Feature<Geometry, Names>[] {
  const window = geoIdentity().clipExtent([
    [box[0], box[1]],
    [box[2], box[3]],
  ]);
  const kept: Feature<Geometry, Names>[] = [];
  for (const country of countries) {
    const geometry = geoProject(country.geometry, window);
    if (geometry) kept.push({ type: "Feature", properties: country.properties, geometry });
  }
  return kept;
}

const isPair = (pair: readonly [string, string], a: string, b: string): boolean =>
  (pair[0] === a && (pair[1] === b || pair[1] === ANY)) ||
  (pair[0] === b && (pair[1] === a || pair[1] === ANY));

const middle = (a: Position, b: Position): Position => [(a[0]! + b[0]!) / 2, (a[1]! + b[1]!) / 2];

/** Cut lines into the runs of segments that pass the test. */
function keepSegments(lines: MultiLineString, keep: (a: Position, b: Position) => boolean): MultiLineString {
  const runs: Position[][] = [];
  for (const line of lines.coordinates) {
    let run: Position[] = [];
    for (let i = 1; i < line.length; i += 1) {
      const [a, b] = [line[i - 1]!, line[i]!];
      if (keep(a, b)) {
        if (run.length === 0) run.push(a);
        run.push(b);
      } else if (run.length > 0) {
        runs.push(run);
        run = [];
      }
    }
    if (run.length > 0) runs.push(run);
  }
  return { type: "MultiLineString", coordinates: runs };
}

const nameOf = (object: GeometryObject): string => (object.properties as Names | undefined)?.name ?? "";

function borders(topo: Net, layer: Layer): MultiLineString {
  const whole = OMISSIONS.filter((omission) => omission.box === undefined);
  const parts = OMISSIONS.filter((omission) => omission.box !== undefined);
  const common = mesh(
    topo,
    layer,
    (a, b) => a !== b && !whole.some((omission) => isPair(omission.pair, nameOf(a), nameOf(b))),
  );
  const partly = (omission: (typeof parts)[number]): Set<string> => {
    const lines = mesh(topo, layer, (a, b) => a !== b && isPair(omission.pair, nameOf(a), nameOf(b)));
    const segments = new Set<string>();
    keepSegments(lines, (a, b) => {
      if (inside(omission.box!, middle(a, b))) segments.add(`${a}|${b}`).add(`${b}|${a}`);
      return true;
    });
    return segments;
  };
  const left = parts.map(partly);
  return keepSegments(common, (a, b) => !left.some((segments) => segments.has(`${a}|${b}`)));
}

/** A straight run along the edge of a clip box is no coast. */
function coast(topo: Net, layer: Layer, boxes: readonly Box[]): MultiLineString {
  // Simplification may draw the edge to a point just inside it.
  const near = (value: number, edge: number): boolean => Math.abs(value - edge) < 0.05;
  const onEdge = (a: Position, b: Position): boolean =>
    boxes.some(
      (box) =>
        [0, 2].some((i) => near(a[0]!, box[i]!) && near(b[0]!, box[i]!)) ||
        [1, 3].some((i) => near(a[1]!, box[i]!) && near(b[1]!, box[i]!)),
    );
  return keepSegments(
    mesh(topo, layer, (a, b) => a === b),
    (a, b) => !onEdge(a, b),
  );
}

/** Rings of the source run across 180 degrees; on a plane they must go on beyond it, not jump back. */
function unwrap(ring: Position[]): Position[] {
  let turn = 0;
  const turns = ring.map((point, index) => {
    const step = index === 0 ? 0 : point[0]! - ring[index - 1]![0]!;
    if (step > 180) turn -= 360;
    else if (step < -180) turn += 360;
    return turn;
  });
  const lons = ring.map((point, index) => point[0]! + turns[index]!);
  const centre = (Math.min(...lons) + Math.max(...lons)) / 2;
  const home = 360 * Math.round(((FRAME[0] + FRAME[2]) / 2 - centre) / 360);
  // One addition a point: where the turns cancel out, neighbours keep the very same coordinates.
  return ring.map((point, index) => [point[0]! + (turns[index]! + home), point[1]!]);
}

function read(folder: string, name: string): Feature<Geometry, Names>[] {
  const topo = JSON.parse(readFileSync(join(folder, name), "utf8")) as Topology<{ countries: Layer }>;
  const { features } = feature(topo, topo.objects.countries) as FeatureCollection<Polygon | MultiPolygon, Names>;
  return features.map(({ properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const coordinates = polygons.map((rings) => rings.map(unwrap));
    return { type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } };
  });
}

function simplified(countries: FeatureCollection<Geometry, Names>, share: number): Net {
  const fine = presimplify(topology({ countries }) as unknown as Net);
  for (const arc of fine.arcs) {
    for (const point of arc as Position[]) {
      if (!Number.isFinite(point[2])) continue;
      if (inside(CLOSE, point)) point[2]! *= CLOSE_WEIGHT;
      else if (!inside(NEAR, point)) point[2]! *= FAR_WEIGHT;
    }
  }
  const least = quantile(fine, share);
  return filter(simplify(fine, least), filterWeight(fine, least)) as unknown as Net;
}

/** The land, coast and borders of some boxes; each box is put together by itself, so that they may overlap. */
function make(folder: string, name: string, boxes: readonly Box[], share: number, steps: number): string {
  const source = read(folder, name);
  const land: Position[][][] = [];
  const lines = { coast: [] as Position[][], borders: [] as Position[][] };
  for (const box of boxes) {
    const topo = simplified({ type: "FeatureCollection", features: clip(source, box) }, share);
    const layer = topo.objects.countries;
    land.push(...merge(topo, layer.geometries as Parameters<typeof merge>[1]).coordinates);
    lines.coast.push(...coast(topo, layer, boxes).coordinates);
    lines.borders.push(...borders(topo, layer).coordinates);
  }
  const packed = topology(
    {
      land: { type: "MultiPolygon", coordinates: land } as MultiPolygon,
      coast: { type: "MultiLineString", coordinates: lines.coast } as MultiLineString,
      borders: { type: "MultiLineString", coordinates: lines.borders } as MultiLineString,
    },
    steps,
  );
  return JSON.stringify(packed);
}

const [source, target] = process.argv.slice(2);
if (source === undefined || target === undefined) {
  throw new Error("Name two folders: the world-atlas package and the place to write to.");
}
const region = make(source, "countries-10m.json", [REGION], KEPT, STEPS);
const world = make(source, "countries-110m.json", REST, KEPT_WORLD, STEPS_WORLD);
writeFileSync(join(target, "base.topo.json"), region);
writeFileSync(join(target, "world.topo.json"), world);
