/** Links on the map: halo, casing, line, cross ticks and a wide line to hit, in panes of their own. */
import { polyline, svg as svgRenderer, type Map as LeafletMap, type Polyline, type Renderer } from "leaflet";
import { latLngs } from "./basemap.ts";
import type { Link } from "./types.ts";

const PANES = { bottleneck: 385, halo: 390, casing: 395, line: 400, tick: 405, hit: 450 } as const;
type Pane = keyof typeof PANES;
const STOPPED = new Set(["suspended", "closed", "disused"]);

/** One link as drawn: every path that belongs to it, and the one that takes clicks. */
export interface DrawnLink {
  readonly link: Link;
  readonly layer: Polyline;
  readonly paths: readonly SVGPathElement[];
  readonly hit: SVGPathElement;
}

/** The classes that give a link its hue and its dash, on the map and in the key. */
export const lineClass = (mode: string, status: string): string => `line mode-${mode} status-${status}`;

export class LinkLayer {
  readonly drawn: ReadonlyMap<string, DrawnLink>;
  private readonly map: LeafletMap;
  private readonly renderers: Readonly<Record<Pane, Renderer>>;

  constructor(map: LeafletMap, links: readonly Link[]) {
    this.map = map;
    const made = Object.entries(PANES).map(([pane, level]) => {
      map.createPane(pane).style.zIndex = String(level);
      return [pane, svgRenderer({ pane, padding: 0.4 })] as const;
    });
    this.renderers = Object.fromEntries(made) as Record<Pane, Renderer>;
    // Context first, so that the corridor lies on top of it.
    const order = [...links.filter((link) => !link.in_corridor), ...links.filter((link) => link.in_corridor)];
    const drawn = new Map(order.map((link) => [link.id, this.draw(link)]));
    this.drawn = new Map(links.map((link) => [link.id, drawn.get(link.id)!]));
  }

  private draw(link: Link): DrawnLink {
    const where = link.in_corridor ? "in-corridor" : "in-context";
    const classes: [Pane, string][] = [
      ["halo", "halo"],
      ["casing", "casing"],
      ["line", lineClass(link.mode, link.status)],
    ];
    if (link.bottleneck !== null) classes.unshift(["bottleneck", `bottleneck rank-${Math.min(link.bottleneck.rank, 3)}`]);
    if (STOPPED.has(link.status)) classes.push(["tick", "tick"]);
    const paths = classes.map(([pane, name]) => this.path(link, pane, `${name} ${where}`, false).getElement() as SVGPathElement);
    const layer = this.path(link, "hit", `hit ${where}`, true);
    const hit = layer.getElement() as SVGPathElement;
    for (const path of [...paths, hit]) path.dataset["id"] = link.id;
    return { link, layer, paths: [...paths, hit], hit };
  }

  private path(link: Link, pane: Pane, className: string, interactive: boolean): Polyline {
    return polyline(latLngs(link.coords), {
      pane,
      renderer: this.renderers[pane],
      className,
      interactive,
      bubblingMouseEvents: false,
      smoothFactor: 0.7,
    }).addTo(this.map);
  }
}
