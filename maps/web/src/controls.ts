/** The map's buttons: zoom, whole view, and panning without a drag. */
import { Control, DomEvent, type ControlPosition, type Map as LeafletMap } from "leaflet";
import { el } from "./dom.ts";
import { say, type Key } from "./strings.ts";
import { icon, type Icon } from "./symbols.ts";

/** Part of the view that one press moves. */
const PAN_SHARE = 0.25;

type Press = readonly [icon: Icon, words: Key, act: () => void];

function group(map: LeafletMap, position: ControlPosition, className: string, presses: readonly Press[]): void {
  const box = el("div", { class: `buttons ${className}` });
  for (const [name, words, act] of presses) {
    const press = el("button", { type: "button", class: `button-${name}`, "aria-label": say(words), title: say(words) }, icon(name));
    press.addEventListener("click", act);
    box.append(press);
  }
  DomEvent.disableClickPropagation(box);
  const control = new Control({ position });
  control.onAdd = () => box;
  control.addTo(map);
}

export function addControls(map: LeafletMap, fit: () => void): void {
  const pan = (x: number, y: number) => () => {
    const size = map.getSize();
    map.panBy([x * size.x * PAN_SHARE, y * size.y * PAN_SHARE]);
  };
  group(map, "topleft", "buttons-zoom", [
    ["in", "map.zoom_in", () => map.zoomIn()],
    ["out", "map.zoom_out", () => map.zoomOut()],
    ["fit", "map.fit", fit],
  ]);
  group(map, "bottomright", "buttons-pan", [
    ["up", "map.pan_up", pan(0, -1)],
    ["left", "map.pan_left", pan(-1, 0)],
    ["down", "map.pan_down", pan(0, 1)],
    ["right", "map.pan_right", pan(1, 0)],
  ]);
  new Control.Scale({ imperial: false, position: "bottomleft", maxWidth: 110 }).addTo(map);
}
