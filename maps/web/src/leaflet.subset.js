/*
 * The parts of Leaflet that the page uses. The build puts this file in the place of "leaflet",
 * whose own entry would bring tiles, image layers, tooltips and layer lists along (a fifth of it).
 */
import "../node_modules/leaflet/src/map/handler/Map.Drag.js";
import "../node_modules/leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "../node_modules/leaflet/src/map/handler/Map.Keyboard.js";
import "../node_modules/leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "../node_modules/leaflet/src/map/handler/Map.TouchZoom.js";
import "../node_modules/leaflet/src/layer/Layer.js";
import "../node_modules/leaflet/src/layer/vector/Renderer.getRenderer.js";
import { Control } from "../node_modules/leaflet/src/control/Control.js";
import { Scale } from "../node_modules/leaflet/src/control/Control.Scale.js";

Control.Scale = Scale;

export { Control };
export { createMap as map } from "../node_modules/leaflet/src/map/Map.js";
export { toLatLngBounds as latLngBounds } from "../node_modules/leaflet/src/geo/LatLngBounds.js";
export { toPoint as point } from "../node_modules/leaflet/src/geometry/Point.js";
export * as DomEvent from "../node_modules/leaflet/src/dom/DomEvent.js";
export * as DomUtil from "../node_modules/leaflet/src/dom/DomUtil.js";
export { popup } from "../node_modules/leaflet/src/layer/Popup.js";
export { divIcon } from "../node_modules/leaflet/src/layer/marker/DivIcon.js";
export { marker } from "../node_modules/leaflet/src/layer/marker/Marker.js";
export { polygon } from "../node_modules/leaflet/src/layer/vector/Polygon.js";
export { polyline } from "../node_modules/leaflet/src/layer/vector/Polyline.js";
export { svg } from "../node_modules/leaflet/src/layer/vector/SVG.js";
