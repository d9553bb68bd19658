/** Names on the map: the weightiest first, each beside its mark, none over another. */
import { DomUtil, point, type Map as LeafletMap, type Point } from "leaflet";
import { el } from "./dom.ts";
import { GROUND_NAMES, type GroundName } from "./gazetteer.en.ts";
import { kindOf } from "./places.ts";
import type { Link, LonLat, Place } from "./types.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface Wanted {
  /** The object that the label belongs to; absent for names of the ground. */
  readonly id?: string;
  readonly text: string;
  readonly lat: number;
  readonly lon: number;
  readonly className: string;
  /** Distance from the point; 0 = centred on it. */
  readonly gap: number;
  readonly height: number;
}

const RANKS: Readonly<Record<string, number>> = { port: 1, gauge_break: 2, crossing: 3, terminal: 4, strait: 4 };
const RANK_REST = 5;
const MARK = 15;
const GRID = 6;
const HEIGHT = 15;
const GAP = 10;
const BADGE_HEIGHT = 20;
const BADGE_GAP = 16;
/** A narrow map shows the weightiest bottlenecks only. */
const WIDTH_PER_BADGE = 160;
/** Room that a badge's frame takes beside its words. */
const BADGE_FRAME = 12;
/** Where a label may stand, as shares of its width and height from the mark; best first. */
const SPOTS: readonly (readonly [number, number])[] = [
  [1, 0], [-1, 0], [1, -1], [1, 1], [-1, -1], [-1, 1], [0, -1], [0, 1],
];
/** A badge may stand further off, but it must stand somewhere. */
const BADGE_SPOTS: readonly (readonly [number, number])[] = [
  [1, 0], [-1, 0], [1, -1.4], [1, 1.4], [-1, -1.4], [-1, 1.4], [1, -2.8], [1, 2.8], [-1, -2.8], [-1, 2.8],
];
const MARK_COST = 4;
/** What one pixel cell of line under a label costs, against one step down the list of spots. */
const LINE_COST = 0.7;

const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** The point half-way along a link, by number of points: good enough to stand a badge at. */
function midpoint(coords: readonly LonLat[]): LonLat {
  const i = Math.floor(coords.length / 2);
  const [a, b] = [coords[i - 1] ?? coords[i]!, coords[i]!];
  return coords.length % 2 === 1 ? b : [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** The value of a bottleneck, to stand beside its link. */
function badge(link: Link, value: string): Wanted {
  const [lon, lat] = midpoint(link.coords);
  return { id: link.id, text: value, lat, lon, className: "label label-badge", gap: BADGE_GAP, height: BADGE_HEIGHT };
}

/** A short name for the map: what stands in brackets is for the details. */
export const shortName = (place: Place): string => place.label ?? place.name.replace(/\s*\([^)]*\)\s*$/, "");

export class Labels {
  private readonly map: LeafletMap;
  private readonly links: readonly Link[];
  private readonly badges: readonly Wanted[];
  private readonly places: readonly Wanted[];
  private readonly ground: readonly GroundName[] = GROUND_NAMES;
  private readonly pen: CanvasRenderingContext2D | null = document.createElement("canvas").getContext("2d");
  private readonly widths = new Map<string, number>();
  private readonly standing = new Map<string, HTMLElement>();
  /** Called after the labels were set anew: who colours them may do so again. */
  onPlaced: () => void = () => undefined;

  constructor(map: LeafletMap, links: readonly Link[], places: readonly Place[]) {
    this.map = map;
    this.links = links.filter((link) => link.in_corridor);
    const rank = (place: Place): number =>
      (place.in_corridor ? 0 : 10) + (place.rank ?? RANKS[kindOf(place)] ?? RANK_REST);
    const sorted = [...places].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
    const badges = this.links
      .flatMap((link) => (link.bottleneck ? [{ link, ...link.bottleneck }] : []))
      .sort((a, b) => a.rank - b.rank)
      .map(({ link, value }) => badge(link, value));
    const names = sorted.map((place) => ({
      id: place.id,
      text: shortName(place),
      lat: place.lat,
      lon: place.lon,
      className: `label label-place ${place.in_corridor ? "in-corridor" : "in-context"}`,
      gap: GAP,
      height: HEIGHT,
    }));
    this.badges = badges;
    this.places = names;
    const pane = map.createPane("labels");
    pane.style.zIndex = "590";
    pane.setAttribute("aria-hidden", "true");
    map.on("zoomstart", () => pane.classList.add("is-moving"));
    map.on("zoomend moveend resize", () => this.place());
    this.place();
  }

  /** The label that stands for an object now. */
  of(id: string): HTMLElement | undefined {
    return this.standing.get(id);
  }

  private width(text: string, font: string): number {
    const key = `${font}|${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (this.pen) this.pen.font = font;
    const width = Math.ceil((this.pen?.measureText(text).width ?? text.length * 7) + 2);
    this.widths.set(key, width);
    return width;
  }

  /** Cells of the screen that a line of the corridor runs through. */
  private lineCells(): ReadonlySet<string> {
    const cells = new Set<string>();
    for (const link of this.links) {
      let before: Point | null = null;
      for (const [lon, lat] of link.coords) {
        const here = this.map.latLngToLayerPoint([lat, lon]);
        const steps = before ? Math.min(400, Math.ceil(before.distanceTo(here) / GRID)) : 0;
        for (let i = 0; i < steps; i += 1) {
          const x = before!.x + ((here.x - before!.x) * i) / steps;
          const y = before!.y + ((here.y - before!.y) * i) / steps;
          cells.add(`${Math.floor(x / GRID)},${Math.floor(y / GRID)}`);
        }
        before = here;
      }
    }
    return cells;
  }

  private place(): void {
    const pane = this.map.getPane("labels")!;
    pane.classList.remove("is-moving");
    pane.replaceChildren();
    this.standing.clear();
    const size = this.map.getSize();
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const view: Box = { x: corner.x + 4, y: corner.y + 4, w: size.x - 8, h: size.y - 8 };
    const cells = this.lineCells();
    const taken: Box[] = [];
    const marks: Box[] = this.places.map((label) => {
      const at = this.map.latLngToLayerPoint([label.lat, label.lon]);
      return { x: at.x - MARK / 2, y: at.y - MARK / 2, w: MARK, h: MARK };
    });
    taken.push(...this.controls(corner));
    const said = new Set<string>();
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    const badges = this.badges.slice(0, Math.max(1, Math.floor(size.x / WIDTH_PER_BADGE)));
    for (const label of [...badges, ...this.places, ...this.groundLabels()]) {
      const ground = label.gap === 0;
      if (label.gap !== BADGE_GAP && said.has(label.text)) continue;
      const font = ground ? `500 12px ${family}` : `600 12px ${family}`;
      const w = this.width(label.text, font) + (label.gap === BADGE_GAP ? BADGE_FRAME : 0) + (ground ? label.text.length : 0);
      const box = this.spot(label, w, view, taken, marks, cells);
      if (box === null) continue;
      taken.push(box);
      said.add(label.text);
      const element = el("span", { class: label.className }, label.text);
      DomUtil.setPosition(element, point(Math.round(box.x), Math.round(box.y)));
      pane.append(element);
      if (label.id !== undefined) this.standing.set(label.id, element);
    }
    this.onPlaced();
  }

  /** Where the buttons and the scale lie. */
  private controls(corner: Point): Box[] {
    const container = this.map.getContainer();
    const origin = container.getBoundingClientRect();
    return [...container.querySelectorAll(".leaflet-control")].map((control) => {
      const { left, top, width, height } = control.getBoundingClientRect();
      return { x: corner.x + left - origin.left, y: corner.y + top - origin.top, w: width, h: height };
    });
  }

  private groundLabels(): Wanted[] {
    const zoom = this.map.getZoom();
    return this.ground
      .filter((name) => zoom >= name.from && zoom <= (name.to ?? Infinity))
      .map((name) => ({ ...name, className: `label ground-${name.kind}`, gap: 0, height: HEIGHT }));
  }

  private spot(
    label: Wanted,
    w: number,
    view: Box,
    taken: readonly Box[],
    marks: readonly Box[],
    cells: ReadonlySet<string>,
  ): Box | null {
    const at = this.map.latLngToLayerPoint([label.lat, label.lon]);
    const isBadge = label.gap === BADGE_GAP;
    const spots = label.gap === 0 ? [[0, 0] as const] : isBadge ? BADGE_SPOTS : SPOTS;
    let best: Box | null = null;
    let least = Infinity;
    spots.forEach(([dx, dy], order) => {
      const h = label.height;
      const side = dx === 0 ? label.gap : label.gap * 0.8;
      const box: Box = {
        x: at.x + dx * side + (dx === 0 ? -w / 2 : dx < 0 ? -w : 0),
        y: at.y + dy * (dx === 0 ? label.gap + h / 2 : label.gap * 0.9) - h / 2,
        w,
        h,
      };
      const fits = box.x >= view.x && box.y >= view.y && box.x + w <= view.x + view.w && box.y + h <= view.y + view.h;
      if (!fits || taken.some((other) => overlaps(box, other))) return;
      const covered = marks.filter((mark) => overlaps(box, mark)).length;
      const under = this.cellsUnder(box, cells);
      if ((covered > 0 && !isBadge) || (under > 0 && label.gap === 0)) return;
      const cost = order + LINE_COST * under + MARK_COST * covered;
      if (cost < least) [best, least] = [box, cost];
    });
    return best;
  }

  private cellsUnder(box: Box, cells: ReadonlySet<string>): number {
    let count = 0;
    for (let x = Math.floor(box.x / GRID); x <= (box.x + box.w) / GRID; x += 1) {
      for (let y = Math.floor(box.y / GRID); y <= (box.y + box.h) / GRID; y += 1) {
        if (cells.has(`${x},${y}`)) count += 1;
      }
    }
    return count;
  }
}
