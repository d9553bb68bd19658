/** Lakes that the base map's source has as land, set by hand (about 3 km). */
import type { LonLat } from "./types.ts";

export interface Lake {
  readonly name: string;
  readonly ring: readonly LonLat[];
}

export const LAKES: readonly Lake[] = [
  {
    name: "Lake Van",
    ring: [
      [42.32, 38.45], [42.41, 38.57], [42.58, 38.72], [42.78, 38.75], [42.98, 38.83], [43.16, 38.91],
      [43.38, 38.99], [43.6, 39.03], [43.72, 38.98], [43.58, 38.89], [43.36, 38.83], [43.3, 38.72],
      [43.37, 38.55], [43.3, 38.43], [43.12, 38.33], [42.94, 38.35], [42.72, 38.37], [42.52, 38.38], [42.32, 38.45],
    ],
  },
  {
    name: "Lake Urmia",
    ring: [
      [45.05, 38.08], [45.2, 38.18], [45.4, 38.22], [45.56, 38.1], [45.6, 37.95], [45.52, 37.78],
      [45.74, 37.66], [45.86, 37.52], [45.87, 37.32], [45.75, 37.16], [45.6, 37.1], [45.46, 37.2],
      [45.38, 37.4], [45.28, 37.56], [45.24, 37.74], [45.12, 37.9], [45.05, 38.08],
    ],
  },
  {
    name: "Lake Sevan",
    ring: [
      [44.98, 40.56], [45.06, 40.6], [45.16, 40.54], [45.26, 40.44], [45.42, 40.34], [45.57, 40.22],
      [45.55, 40.14], [45.4, 40.12], [45.26, 40.19], [45.18, 40.3], [45.12, 40.42], [45.02, 40.49], [44.98, 40.56],
    ],
  },
];

const CUT = 0.25;

/** Cut the corners of a closed ring (Chaikin), so that a few points by hand read as a shore. */
export function smooth(ring: readonly LonLat[], times: number): readonly LonLat[] {
  if (times === 0) return ring;
  const cut: LonLat[] = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [ring[i - 1]!, ring[i]!];
    cut.push([x0 + CUT * (x1 - x0), y0 + CUT * (y1 - y0)], [x1 - CUT * (x1 - x0), y1 - CUT * (y1 - y0)]);
  }
  return smooth([...cut, cut[0]!], times - 1);
}
