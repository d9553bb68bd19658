/** The popup: opened by a click or by a key, read with Tab, closed with Escape. */
import { popup, type LatLngExpression, type Map as LeafletMap, type Popup } from "leaflet";
import { details } from "./details.ts";
import type { Model } from "./model.ts";
import type { Store } from "./store.ts";
import { say } from "./strings.ts";

const WIDEST = 340;
const NARROWEST = 220;
const HIGHEST = 340;
/** Room that the popup leaves at the edges of the map. */
const MARGIN = 24;
const TIP = 60;

export class PopupBox {
  private readonly map: LeafletMap;
  private readonly model: Model;
  private readonly store: Store;
  private open: { readonly id: string; readonly popup: Popup } | null = null;
  private opener: Element | null = null;

  constructor(map: LeafletMap, model: Model, store: Store) {
    this.map = map;
    this.model = model;
    this.store = store;
    map.on("popupclose", (event) => {
      if (this.open?.popup !== event.popup) return;
      this.open = null;
      this.map.getContainer().classList.remove("has-popup");
      this.store.change({ object: null }, "map");
      this.giveFocusBack();
    });
  }

  /** Show one object at a point; with an opener, the keyboard goes into the popup and later back to it. */
  show(id: string, at: LatLngExpression, opener: Element | null): void {
    if (this.open?.id === id) {
      this.open.popup.setLatLng(at);
    } else {
      this.close();
      const size = this.map.getSize();
      const box = popup({
        className: "details-popup",
        maxWidth: Math.min(WIDEST, size.x - 2 * MARGIN),
        minWidth: Math.min(NARROWEST, size.x - 2 * MARGIN),
        maxHeight: Math.max(120, Math.min(HIGHEST, size.y - TIP - MARGIN)),
        autoPanPadding: [MARGIN / 2, MARGIN / 2],
        autoClose: false,
        closeOnClick: true,
        closeOnEscapeKey: false,
      });
      box.setLatLng(at).setContent(details(this.model, this.store, id));
      this.open = { id, popup: box };
      box.openOn(this.map);
      this.map.getContainer().classList.add("has-popup");
      this.label(box, id);
    }
    if (opener) {
      this.opener = opener;
      this.content(this.open!.popup)?.focus({ preventScroll: true });
    }
  }

  /** Take the popup away without touching the choice. */
  close(): void {
    const open = this.open;
    this.open = null;
    this.map.getContainer().classList.remove("has-popup");
    if (open) this.map.closePopup(open.popup);
  }

  giveFocusBack(): void {
    const opener = this.opener;
    this.opener = null;
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
  }

  private content(box: Popup): HTMLElement | null {
    return box.getElement()?.querySelector<HTMLElement>(".leaflet-popup-content") ?? null;
  }

  private label(box: Popup, id: string): void {
    const root = box.getElement();
    const content = this.content(box);
    root?.setAttribute("role", "dialog");
    root?.setAttribute("aria-label", `${say("popup.details")}: ${this.model.name(id)}`);
    content?.setAttribute("tabindex", "0");
    content?.setAttribute("role", "group");
    content?.setAttribute("aria-label", this.model.name(id));
    root?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", say("popup.close"));
  }
}
