/** The payload: what the page is told. Every number in it comes from Python and is only printed. */

export type LonLat = readonly [lon: number, lat: number];
/** A statement and, where a figure supports it, the figure's sources in a few words. */
export type Field = readonly [label: string, value: string | null, cite?: string];
export type PlaceName = readonly [lang: string, name: string];

export interface Bottleneck {
  readonly text: string;
  readonly value: string;
  readonly rank: number;
}

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly status_text: string | null;
  readonly in_corridor: boolean;
  readonly fields: readonly Field[];
  readonly relations: readonly number[];
  readonly sources: readonly string[];
}

export interface Link extends Thing {
  readonly mode: string;
  readonly coords: readonly LonLat[];
  readonly geometry_quality: string;
  readonly km_text: string | null;
  readonly bottleneck: Bottleneck | null;
}

export interface Place extends Thing {
  readonly alt?: string | null;
  readonly label?: string | null;
  readonly rank?: number | null;
  readonly kind: string;
  readonly lon: number;
  readonly lat: number;
  readonly gauge_break: boolean;
  readonly names?: readonly PlaceName[];
}

export interface Relation {
  readonly article: string;
  readonly object_ids: readonly string[];
  readonly via?: string | null;
  readonly verb: string;
  readonly basis: string;
  readonly grade: string | null;
  readonly verified: boolean;
  readonly rationale: string | null;
  readonly sources: readonly string[];
}

export interface Article {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly status_line: string;
  readonly verified: boolean;
  readonly relations: readonly number[];
}

export interface Source {
  readonly title: string;
  readonly url: string | null;
  readonly date: string | null;
  readonly grade: string | null;
}

export interface BorderLine {
  readonly name: string;
  readonly coords: readonly LonLat[];
}

export interface Payload {
  readonly kind: "corridor" | "index";
  /** West, south, east, north of the first view; absent = the corridor's own bounds. */
  readonly frame?: readonly [number, number, number, number] | null;
  readonly links: readonly Link[];
  readonly points: readonly Place[];
  readonly relations: readonly Relation[];
  readonly articles: readonly Article[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly borders: { readonly lines: readonly BorderLine[] };
}
