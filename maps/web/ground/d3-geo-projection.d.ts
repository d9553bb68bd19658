/** The one function of d3-geo-projection that the base map needs; the package ships no types. */
declare module "d3-geo-projection" {
  import type { GeoStreamWrapper } from "d3-geo";
  import type { Geometry } from "geojson";
  export function geoProject(object: Geometry, projection: GeoStreamWrapper): Geometry | null;
}
