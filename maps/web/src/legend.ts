/** The key; its modes and statuses are the filters too. */
import { byId, el } from "./dom.ts";
import { lineClass } from "./links.ts";
import type { Model } from "./model.ts";
import { kindOf } from "./places.ts";
import type { Store } from "./store.ts";
import { say, sayName, type Key } from "./strings.ts";
import { lineSample, placeMark } from "./symbols.ts";

const MODES = ["rail", "road", "sea", "roro", "inland_waterway", "gas_pipeline", "oil_pipeline"];
const STATUSES = ["operating", "restricted", "under_construction", "planned", "proposed", "suspended", "closed", "disused"];
const KINDS = ["port", "crossing", "gauge_break", "terminal", "station", "free_zone", "power_plant", "energy_site", "strait", "other"];
const STOPPED = new Set(["suspended", "closed", "disused"]);

/** Names in use, in the usual order; unusual ones last. */
function inUse(names: readonly string[], order: readonly string[]): string[] {
  const used = new Set(names);
  const rest = [...used].filter((name) => !order.includes(name)).sort();
  return [...order.filter((name) => used.has(name)), ...rest];
}

function filterBox(store: Store, which: "hiddenModes" | "hiddenStatuses", name: string, words: string, sample: Element): HTMLElement {
  const input = el("input", { type: "checkbox", name: which, value: name });
  input.checked = true;
  input.addEventListener("change", () => store.toggle(which, name, input.checked));
  return el("label", { class: "key-row" }, input, sample, el("span", {}, words));
}

const group = (title: Key, ...rows: HTMLElement[]): HTMLElement =>
  el("fieldset", { class: "key-group" }, el("legend", {}, say(title)), ...rows);

const row = (sample: Element, words: string): HTMLElement => el("p", { class: "key-row" }, sample, el("span", {}, words));

export function drawLegend(model: Model, store: Store): void {
  const { links, points, borders } = model.payload;
  const modes = inUse(links.map((link) => link.mode), MODES).map((mode) =>
    filterBox(store, "hiddenModes", mode, sayName("mode", mode), lineSample("casing", lineClass(mode, "operating"))),
  );
  const statuses = inUse(links.map((link) => link.status), STATUSES).map((status) => {
    const classes = ["casing", lineClass("any", status), ...(STOPPED.has(status) ? ["tick"] : [])];
    return filterBox(store, "hiddenStatuses", status, sayName("status", status), lineSample(...classes));
  });
  const kinds = inUse(points.map(kindOf), KINDS).map((kind) => row(placeMark(kind, true), sayName("kind", kind)));
  const others: HTMLElement[] = [];
  if (links.some((link) => link.bottleneck !== null)) others.push(row(lineSample("bottleneck rank-1", "casing", "line mode-any"), say("legend.bottleneck")));
  if (model.payload.relations.length > 0) {
    others.push(row(lineSample("halo is-lit", "line mode-any is-lit"), say("legend.explicit")));
    others.push(row(lineSample("halo is-lit is-inferred", "line mode-any is-lit"), say("legend.inferred")));
  }
  if (links.some((link) => !link.in_corridor)) others.push(row(lineSample("line mode-any in-context"), say("legend.context")));
  if (borders.lines.length > 0) others.push(row(lineSample("disputed"), say("legend.disputed")));
  byId("legend").replaceChildren(
    group("legend.modes", ...modes),
    group("legend.statuses", ...statuses),
    ...(kinds.length > 0 ? [group("legend.points", ...kinds)] : []),
    ...(others.length > 0 ? [group("legend.lines", ...others)] : []),
  );
}
