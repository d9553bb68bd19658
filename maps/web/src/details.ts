/** Everything the page knows of one link or place: the popup and the table's open row show the same. */
import { button, el } from "./dom.ts";
import type { Model } from "./model.ts";
import { kindOf } from "./places.ts";
import type { Store } from "./store.ts";
import { orNone, say, sayName } from "./strings.ts";
import type { Field, Link, PlaceName, Source } from "./types.ts";

/** Only web addresses become links; anything else stays text. */
const isWeb = (url: string | null): url is string => url !== null && /^https?:\/\//i.test(url);

function sourceItem(id: string, source: Source | undefined): HTMLElement {
  const title = source?.title ?? id;
  const name =
    source && isWeb(source.url) ? el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, title) : el("span", {}, title);
  const facts = [
    source?.date || say("source.undated"),
    source?.grade ? say("source.grade", { grade: source.grade }) : null,
  ].filter((fact) => fact !== null);
  return el("li", {}, name, el("span", { class: "muted" }, ` ${facts.join(", ")}`));
}

/** The list of sources with date and grade. */
export function sourceList(model: Model, ids: readonly string[]): HTMLElement {
  if (ids.length === 0) return el("p", { class: "muted" }, say("popup.no_sources"));
  return el("ul", { class: "source-list" }, ...ids.map((id) => sourceItem(id, model.payload.sources[id])));
}

function articleList(model: Model, store: Store, id: string): HTMLElement {
  const touches = [...model.articlesOf(id)];
  if (touches.length === 0) return el("p", { class: "muted" }, say("popup.no_articles"));
  const items = touches.map(([articleId, touch]) => {
    const article = model.articles.get(articleId)!;
    const verbs = [...new Set(touch.relations.map((relation) => sayName("verb", relation.verb)))].join(", ");
    const verified = touch.relations.some((relation) => relation.verified);
    return el(
      "li",
      { class: `touch basis-${touch.basis}` },
      button(article.label, "link-button", () => store.change({ article: articleId }, "map")),
      el("span", {}, ` ${verbs}; ${sayName("basis", touch.basis)}; ${say(verified ? "verified.yes" : "verified.no")}`),
    );
  });
  return el("ul", { class: "touch-list" }, ...items);
}

const RIGHT_TO_LEFT = new Set(["ar", "fa"]);

/** A name in its language, kept apart from the text beside it whatever its direction. */
function nameIn([lang, name]: PlaceName): (HTMLElement | string)[] {
  return [el("bdi", { lang, dir: RIGHT_TO_LEFT.has(lang) ? "rtl" : "ltr" }, name), " "];
}

/** What the page itself says of a link, where its fields do not say it already. */
function linkRows(link: Link): Field[] {
  const { bottleneck } = link;
  const rows: Field[] = [
    [say("popup.length"), link.km_text],
    [say("popup.drawn"), sayName("geometry", link.geometry_quality)],
  ];
  if (bottleneck) rows.unshift([say("popup.bottleneck"), `${bottleneck.text}: ${bottleneck.value}`]);
  const told = new Set(link.fields.map(([label]) => label));
  return rows.filter(([label]) => !told.has(label));
}

/** The body of a popup or of an open table row. */
export function details(model: Model, store: Store, id: string): HTMLElement {
  const link = model.links.get(id);
  const place = model.places.get(id);
  const thing = link ?? place;
  if (!thing) return el("div");
  const kind = link ? sayName("mode", link.mode) : place ? sayName("kind", kindOf(place)) : "";
  const rows = [...(link ? linkRows(link) : []), ...thing.fields];
  const list = el("dl", { class: "fields" });
  for (const [label, value, cite] of rows) {
    const missing = value === null || value === "";
    const source = cite ? el("span", { class: "cite" }, ` [${cite}]`) : null;
    list.append(el("dt", {}, label), el("dd", { class: missing ? "is-missing" : null }, orNone(value), source));
  }
  return el(
    "div",
    { class: "details" },
    el("p", { class: `kicker mode-${link?.mode ?? "place"}` }, kind),
    el("h3", {}, thing.name),
    place?.alt ? el("p", { class: "alt" }, place.alt) : null,
    place?.names?.length ? el("p", { class: "names" }, ...place.names.flatMap(nameIn)) : null,
    el("p", { class: `state status-${thing.status}` }, orNone(thing.status_text ?? sayName("status", thing.status, ""))),
    list,
    el("h4", {}, say("popup.articles")),
    articleList(model, store, id),
    el("h4", {}, say("popup.sources")),
    sourceList(model, thing.sources),
  );
}
