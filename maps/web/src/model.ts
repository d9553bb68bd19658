/** The payload with its ids looked up once: who is related to what. */
import type { Article, Link, Payload, Place, Relation } from "./types.ts";

/** How an article touches an object; the stronger basis wins where both occur. */
export interface Touch {
  readonly basis: "explicit" | "inferred";
  readonly relations: readonly Relation[];
}

export class Model {
  readonly payload: Payload;
  readonly links: ReadonlyMap<string, Link>;
  readonly places: ReadonlyMap<string, Place>;
  readonly articles: ReadonlyMap<string, Article>;

  constructor(payload: Payload) {
    this.payload = payload;
    this.links = new Map(payload.links.map((link) => [link.id, link]));
    this.places = new Map(payload.points.map((place) => [place.id, place]));
    this.articles = new Map(payload.articles.map((article) => [article.id, article]));
  }

  has(id: string): boolean {
    return this.links.has(id) || this.places.has(id);
  }

  name(id: string): string {
    return this.links.get(id)?.name ?? this.places.get(id)?.name ?? id;
  }

  relationsOf(article: string): readonly Relation[] {
    return (this.articles.get(article)?.relations ?? []).flatMap((index) => this.payload.relations[index] ?? []);
  }

  /** Objects of this page that an article touches. */
  touchedBy(article: string): ReadonlyMap<string, Touch> {
    return group(
      this.relationsOf(article).flatMap((relation) =>
        relation.object_ids.filter((id) => this.has(id)).map((id) => [id, relation] as const),
      ),
    );
  }

  /** Articles that touch an object of this page. */
  articlesOf(id: string): ReadonlyMap<string, Touch> {
    const thing = this.links.get(id) ?? this.places.get(id);
    return group(
      (thing?.relations ?? [])
        .flatMap((index) => this.payload.relations[index] ?? [])
        .filter((relation) => this.articles.has(relation.article))
        .map((relation) => [relation.article, relation] as const),
    );
  }
}

function group(pairs: readonly (readonly [string, Relation])[]): ReadonlyMap<string, Touch> {
  const groups = new Map<string, Relation[]>();
  for (const [key, relation] of pairs) {
    const known = groups.get(key);
    if (known) known.push(relation);
    else groups.set(key, [relation]);
  }
  return new Map(
    [...groups].map(([key, relations]) => {
      const explicit = relations.some((relation) => relation.basis === "explicit");
      return [key, { basis: explicit ? "explicit" : "inferred", relations }] as const;
    }),
  );
}
