/** Small drawings: place marks, line samples for the key, icons of the map's buttons. */
import { svg } from "./dom.ts";

const SHAPES: Readonly<Record<string, string>> = {
  port: "M-5.5-5.5h11v11h-11z",
  terminal: "M-4.5-4.5h9v9h-9z",
  crossing: "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z",
  station: "M-3.6 0A3.6 3.6 0 1 1 3.6 0A3.6 3.6 0 1 1-3.6 0Z",
  free_zone: "M-5.5 0L-2.8-5h5.6L5.5 0L2.8 5h-5.6z",
  power_plant: "M0-6L6 5H-6z",
  energy_site: "M0-6L6 5H-6z",
  strait: "M-6-3L0 0L6-3V3L0 0L-6 3z",
  other: "M0-4.4L4.4 0L0 4.4L-4.4 0z",
};
/** Kinds of the atlas that share a mark. */
const SAME: Readonly<Record<string, string>> = { border_crossing: "crossing", dry_port: "terminal", canal: "strait" };
const KNOWN = new Set([...Object.keys(SHAPES), "gauge_break"]);

/** The kind that the key lists a place under. */
export function symbolKind(kind: string, gaugeBreak: boolean): string {
  if (gaugeBreak) return "gauge_break";
  const shared = SAME[kind] ?? kind;
  return KNOWN.has(shared) ? shared : "other";
}

/** The mark of a place, drawn round 0,0 in a box of 24. */
export function placeMark(kind: string, open: boolean): SVGSVGElement {
  const root = svg("svg", {
    class: `mark mark-${kind}${open ? "" : " is-unbuilt"}`,
    viewBox: "-12 -12 24 24",
    width: 24,
    height: 24,
    "aria-hidden": "true",
    focusable: "false",
  });
  if (kind === "gauge_break") {
    // Two halves apart: the goods change wagons here.
    root.append(
      svg("path", { class: "half-left", d: "M-1-8V8L-8.5 0z" }),
      svg("path", { class: "half-right", d: "M1-8V8L8.5 0z" }),
    );
  } else {
    root.append(svg("path", { class: "body", d: SHAPES[kind] ?? SHAPES["other"] }));
    if (kind === "crossing") root.append(svg("path", { class: "detail", d: "M-3 0H3" }));
    if (kind === "port") root.append(svg("path", { class: "detail", d: "M-3 1.5q1.5 1.6 3 0t3 0M0-3.2V1" }));
  }
  return root;
}

/** A short piece of line for the key, with the classes the map uses. */
export function lineSample(...classNames: string[]): SVGSVGElement {
  const root = svg("svg", { class: "sample", viewBox: "0 0 48 14", width: 48, height: 14, "aria-hidden": "true", focusable: "false" });
  for (const name of classNames) root.append(svg("path", { class: name, d: "M2 7H46" }));
  return root;
}

const ICONS = {
  in: "M8 3V13M3 8H13",
  out: "M3 8H13",
  fit: "M3 6V3H6M10 3H13V6M13 10V13H10M6 13H3V10",
  up: "M4 10L8 6L12 10",
  down: "M4 6L8 10L12 6",
  left: "M10 4L6 8L10 12",
  right: "M6 4L10 8L6 12",
} as const;
export type Icon = keyof typeof ICONS;

export function icon(name: Icon): SVGSVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }),
  );
}
