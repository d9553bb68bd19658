/** The address of a view: `#v=1&article=...&link=...&view=zoom/lat/lon`. Unknown keys are ignored. */
import type { Model } from "./model.ts";

const VERSION = "1";
const PLACES = 3;

export interface View {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

export interface Address {
  readonly article: string | null;
  readonly object: string | null;
  readonly view: View | null;
}

const NOTHING: Address = { article: null, object: null, view: null };

function readView(text: string | null): View | null {
  const [zoom, lat, lon] = (text ?? "").split("/").map((part) => (part === "" ? NaN : Number(part)));
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  const fits = zoom >= 0 && zoom <= 20 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return fits ? { zoom, lat, lon } : null;
}

/** Read an address; ids that the page does not know count as absent. */
export function readHash(hash: string, model: Model): Address {
  const keys = new URLSearchParams(hash.replace(/^#/, ""));
  if ((keys.get("v") ?? VERSION) !== VERSION) return NOTHING;
  const article = keys.get("article");
  const object = keys.get("link") ?? keys.get("place");
  return {
    article: article !== null && model.articles.has(article) ? article : null,
    object: object !== null && model.has(object) ? object : null,
    view: readView(keys.get("view")),
  };
}

/** Write an address; empty when nothing is chosen. */
export function writeHash(address: Address, model: Model): string {
  const parts: string[] = [];
  if (address.article !== null) parts.push(`article=${encodeURIComponent(address.article)}`);
  if (address.object !== null) {
    const key = model.links.has(address.object) ? "link" : "place";
    parts.push(`${key}=${encodeURIComponent(address.object)}`);
  }
  if (address.view !== null) {
    const { zoom, lat, lon } = address.view;
    parts.push(`view=${Number(zoom.toFixed(2))}/${lat.toFixed(PLACES)}/${lon.toFixed(PLACES)}`);
  }
  return parts.length > 0 ? `#v=${VERSION}&${parts.join("&")}` : "";
}

/** Put the address in the address bar without a new history entry; a sandboxed frame may refuse. */
export function showHash(hash: string): void {
  if (hash === location.hash) return;
  try {
    history.replaceState(null, "", hash === "" ? location.pathname + location.search : hash);
  } catch {
    // A frame without an address of its own keeps its view all the same.
  }
}
