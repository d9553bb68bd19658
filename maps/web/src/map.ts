/** The map: it draws the payload, shows what is chosen, and reports what the reader picks. */
import { latLngBounds, map as leafletMap, type LatLng, type LatLngBounds, type Map as LeafletMap } from "leaflet";
import { drawBase, latLngs } from "./basemap.ts";
import { addControls } from "./controls.ts";
import type { View } from "./hash.ts";
import { Labels } from "./labels.ts";
import { LinkLayer, type DrawnLink } from "./links.ts";
import type { Model, Touch } from "./model.ts";
import { drawPlaces, type DrawnPlace } from "./places.ts";
import { PopupBox } from "./popup.ts";
import type { Origin, State, Store } from "./store.ts";
import { sayName } from "./strings.ts";

/** Choices made on the map open their popup where the reader pointed; the table opens its own row. */
const POPUP_FOR = new Set<Origin>(["hash", "panel"]);
const ZOOM_STEP = 0.25;
const CLOSEST_FIT = 9;
/** South-west and north-east of the ground that is drawn. */
const FRAME: [[number, number], [number, number]] = [[-48, -62], [76, 130]];
const EDGE: [number, number] = [28, 28];
/** On a narrow map the buttons would cover the corridor's ends: room for them at the top left and the bottom right. */
const NARROW_WIDTH = 480;
const NARROW_TOP_LEFT: [number, number] = [48, 24];
const NARROW_BOTTOM_RIGHT: [number, number] = [24, 72];

export class CorridorMap {
  readonly map: LeafletMap;
  readonly popup: PopupBox;
  /** The view that the reader set; null while the page frames the map itself. */
  view: View | null = null;
  onView: () => void = () => undefined;
  private readonly model: Model;
  private readonly store: Store;
  private readonly links: ReadonlyMap<string, DrawnLink>;
  private readonly places: ReadonlyMap<string, DrawnPlace>;
  private readonly labels: Labels;
  private readonly stops: readonly (HTMLElement | SVGElement)[];
  private framing = false;

  constructor(container: HTMLElement, model: Model, store: Store, view: View | null) {
    this.model = model;
    this.store = store;
    this.map = leafletMap(container, {
      attributionControl: false,
      zoomControl: false,
      zoomSnap: ZOOM_STEP,
      zoomDelta: 1,
      minZoom: 2,
      maxZoom: 12,
      scrollWheelZoom: false,
      fadeAnimation: false,
      // The observer below follows the box itself, in a frame or a column too.
      trackResize: false,
      maxBounds: FRAME,
      maxBoundsViscosity: 0.8,
    });
    if (view) this.setView(view);
    else this.fitAll();
    drawBase(this.map, model.payload.borders.lines);
    this.links = new LinkLayer(this.map, model.payload.links).drawn;
    this.places = drawPlaces(this.map, model.payload.points);
    addControls(this.map, () => this.fitAll());
    this.labels = new Labels(this.map, model.payload.links, model.payload.points);
    this.labels.onPlaced = () => this.paintAll(this.store.state);
    this.popup = new PopupBox(this.map, model, store);
    this.stops = this.makeStops();
    this.listen(container);
    store.subscribe((state, before, origin) => this.show(state, before, origin));
  }

  /** Frame the corridor. */
  fitAll(): void {
    this.frame(this.corridorBounds());
    this.view = null;
    this.onView();
  }

  private corridorBounds(): LatLngBounds {
    const { links, points, frame } = this.model.payload;
    if (frame) return latLngBounds([[frame[1], frame[0]], [frame[3], frame[2]]]);
    const own = links.filter((link) => link.in_corridor);
    const coords = (own.length > 0 ? own : links).flatMap((link) => latLngs(link.coords));
    const all = coords.length > 0 ? coords : points.map((place) => [place.lat, place.lon] as [number, number]);
    return latLngBounds(all.length > 0 ? all : FRAME);
  }

  setView(view: View): void {
    this.view = view;
    this.framing = true;
    this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    this.framing = false;
  }

  private frame(bounds: LatLngBounds): void {
    const narrow = this.map.getSize().x < NARROW_WIDTH;
    this.framing = true;
    this.map.fitBounds(bounds, {
      paddingTopLeft: narrow ? NARROW_TOP_LEFT : EDGE,
      paddingBottomRight: narrow ? NARROW_BOTTOM_RIGHT : EDGE,
      maxZoom: CLOSEST_FIT,
      animate: false,
    });
    this.framing = false;
  }

  private listen(container: HTMLElement): void {
    this.map.on("moveend", () => {
      if (this.framing) return;
      const centre = this.map.getCenter();
      this.view = { zoom: this.map.getZoom(), lat: centre.lat, lon: centre.lng };
      this.onView();
    });
    // The wheel scrolls the page until the reader steps into the map.
    container.addEventListener("focusin", () => this.map.scrollWheelZoom.enable());
    container.addEventListener("focusout", () => this.map.scrollWheelZoom.disable());
    new ResizeObserver(() => {
      const before = this.map.getSize();
      this.framing = true;
      this.map.invalidateSize({ animate: false, pan: true });
      this.framing = false;
      if (this.view === null && !before.equals(this.map.getSize())) this.reframe();
    }).observe(container);
  }

  /** Frame again what the page frames: the chosen article's objects, else everything. */
  private reframe(): void {
    const { article } = this.store.state;
    const bounds = article === null ? null : this.boundsOf([...this.model.touchedBy(article).keys()]);
    if (bounds) this.frame(bounds);
    else this.fitAll();
  }

  /** Links and places can be reached by key: one tab stop, arrows step from one to the next. */
  private makeStops(): (HTMLElement | SVGElement)[] {
    const stops: (HTMLElement | SVGElement)[] = [];
    const add = (element: HTMLElement | SVGElement, id: string, at: () => LatLng): void => {
      element.setAttribute("tabindex", "-1");
      element.addEventListener("focus", () => this.rove(element, at()));
      element.addEventListener("keydown", (event) => this.step(event as KeyboardEvent, element, id));
      stops.push(element);
    };
    for (const [id, drawn] of this.links) {
      drawn.hit.setAttribute("role", "button");
      drawn.hit.setAttribute("aria-label", `${sayName("mode", drawn.link.mode)}: ${drawn.link.name}`);
      drawn.layer.on("click", (event) => this.pick(id, event.latlng, null));
      drawn.layer.on("mouseover mouseout", (event) => this.mark(drawn, "is-near", event.type === "mouseover"));
      add(drawn.hit, id, () => drawn.layer.getCenter());
    }
    for (const [id, drawn] of this.places) {
      drawn.layer.on("click", () => this.pick(id, drawn.layer.getLatLng(), null));
      add(drawn.element, id, () => drawn.layer.getLatLng());
    }
    stops[0]?.setAttribute("tabindex", "0");
    return stops;
  }

  private rove(element: Element, at: LatLng): void {
    for (const stop of this.stops) stop.setAttribute("tabindex", stop === element ? "0" : "-1");
    if (element.matches(":focus-visible") && !this.map.getBounds().pad(-0.05).contains(at)) {
      this.map.panTo(at, { animate: false });
    }
  }

  private step(event: KeyboardEvent, element: HTMLElement | SVGElement, id: string): void {
    const shown = this.stops.filter((stop) => !stop.classList.contains("is-hidden"));
    const here = shown.indexOf(element);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: here + 1,
      ArrowDown: here + 1,
      ArrowLeft: here - 1,
      ArrowUp: here - 1,
      Home: 0,
      End: shown.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) shown[Math.max(0, Math.min(shown.length - 1, next))]?.focus();
    else if (event.key === "Enter" || event.key === " ") this.pick(id, this.anchor(id), element);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pick(id: string, at: LatLng, opener: Element | null): void {
    this.store.change({ object: id }, "map");
    this.popup.show(id, at, opener);
  }

  private anchor(id: string): LatLng {
    return this.links.get(id)?.layer.getCenter() ?? this.places.get(id)!.layer.getLatLng();
  }

  /** Open an object's popup with the keyboard in it; closing gives it back to the opener. */
  reveal(id: string, opener: Element): void {
    const bounds = this.boundsOf([id]);
    if (bounds && !this.map.getBounds().intersects(bounds)) this.map.panTo(this.anchor(id), { animate: false });
    this.popup.show(id, this.anchor(id), opener);
  }

  private boundsOf(ids: readonly string[]): LatLngBounds | null {
    const bounds = latLngBounds([]);
    for (const id of ids) {
      const link = this.links.get(id);
      if (link) bounds.extend(link.layer.getBounds());
      else if (this.places.has(id)) bounds.extend(this.places.get(id)!.layer.getLatLng());
    }
    return bounds.isValid() ? bounds : null;
  }

  private mark(drawn: DrawnLink, className: string, on: boolean): void {
    for (const path of drawn.paths) path.classList.toggle(className, on);
  }

  private show(state: State, before: State, origin: Origin): void {
    this.paintAll(state);
    if (state.article !== before.article && origin !== "hash") this.follow(this.touched(state));
    if (state.object === null) this.popup.close();
    else if (state.object !== before.object && POPUP_FOR.has(origin)) this.popup.show(state.object, this.anchor(state.object), null);
  }

  private touched(state: State): ReadonlyMap<string, Touch> | null {
    return state.article === null ? null : this.model.touchedBy(state.article);
  }

  private paintAll(state: State): void {
    const touched = this.touched(state);
    for (const [id, drawn] of this.links) {
      const hidden = state.hiddenModes.has(drawn.link.mode) || state.hiddenStatuses.has(drawn.link.status);
      this.paint([...drawn.paths, this.labels.of(id)], id, touched, state, hidden);
    }
    for (const [id, drawn] of this.places) this.paint([drawn.element, this.labels.of(id)], id, touched, state, false);
  }

  private follow(touched: ReadonlyMap<string, Touch> | null): void {
    const bounds = touched && this.boundsOf([...touched.keys()]);
    if (bounds) {
      this.view = null;
      this.frame(bounds);
    } else if (touched === null && this.view === null) {
      this.fitAll();
    }
  }

  private paint(
    elements: readonly (Element | undefined)[],
    id: string,
    touched: ReadonlyMap<string, Touch> | null,
    state: State,
    hidden: boolean,
  ): void {
    const touch = touched?.get(id);
    for (const element of elements) {
      element?.classList.toggle("is-lit", touch !== undefined);
      element?.classList.toggle("is-inferred", touch?.basis === "inferred");
      element?.classList.toggle("is-dim", touched !== null && touch === undefined && state.object !== id);
      element?.classList.toggle("is-chosen", state.object === id);
      element?.classList.toggle("is-hidden", hidden);
    }
  }
}
