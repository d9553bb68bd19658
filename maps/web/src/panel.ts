/** The treaty panel: articles light links up, a link lights its articles up. */
import { button, byId, el } from "./dom.ts";
import { sourceList } from "./details.ts";
import type { Model } from "./model.ts";
import type { State, Store } from "./store.ts";
import { say, sayName } from "./strings.ts";
import type { Relation } from "./types.ts";

/** Names listed in one relation before the rest is left to the map. */
const NAMED = 6;

interface Entry {
  readonly id: string;
  readonly item: HTMLElement;
  readonly head: HTMLButtonElement;
  readonly body: HTMLElement;
  filled: boolean;
}

export class Panel {
  private readonly model: Model;
  private readonly store: Store;
  private readonly entries: readonly Entry[];
  private readonly status = byId("status");
  private readonly clear: HTMLButtonElement;
  private shown: string | null = null;

  constructor(model: Model, store: Store) {
    this.model = model;
    this.store = store;
    this.entries = [...document.querySelectorAll<HTMLElement>("#articles > li")].map((item) => this.enhance(item));
    byId("articles").classList.add("is-live");
    this.clear = button(say("panel.clear"), "clear", () => store.change({ article: null }, "panel"));
    this.clear.hidden = true;
    byId("status-box").append(this.clear);
    store.subscribe((state) => this.show(state));
    this.show(store.state);
  }

  private enhance(item: HTMLElement): Entry {
    const id = item.dataset["article"] ?? "";
    const heading = item.querySelector("h3")!;
    const body = item.querySelector<HTMLElement>(".article-body")!;
    const touched = this.model.touchedBy(id).size;
    const head = el("button", { type: "button", class: "article-head", "aria-pressed": "false", "aria-expanded": "false", "aria-controls": body.id });
    head.append(...heading.childNodes);
    if (item.dataset["verified"] !== "true") {
      head.querySelector(".article-label")?.append(el("span", { class: "tag is-unverified" }, say("verified.no")));
    }
    const count = say(touched === 1 ? "panel.links_one" : "panel.links_many", { n: touched });
    head.append(el("span", { class: "count" }, count));
    head.addEventListener("click", () => {
      this.store.change({ article: this.store.state.article === id ? null : id }, "panel");
    });
    heading.replaceChildren(head);
    body.hidden = true;
    return { id, item, head, body, filled: false };
  }

  private show(state: State): void {
    const lit = state.object === null ? null : this.model.articlesOf(state.object);
    for (const entry of this.entries) {
      const chosen = entry.id === state.article;
      const touch = lit?.get(entry.id);
      if (chosen && !entry.filled) this.fill(entry);
      entry.head.setAttribute("aria-pressed", String(chosen));
      entry.head.setAttribute("aria-expanded", String(chosen));
      entry.body.hidden = !chosen;
      entry.item.classList.toggle("is-chosen", chosen);
      entry.item.classList.toggle("is-lit", touch !== undefined);
      entry.item.classList.toggle("is-inferred", touch?.basis === "inferred");
      entry.item.classList.toggle("is-dim", lit !== null && touch === undefined && !chosen);
    }
    this.bringIntoView(state.article);
    const article = state.article === null ? undefined : this.model.articles.get(state.article);
    this.status.textContent = article?.status_line ?? say("panel.status_none");
    this.clear.hidden = article === undefined;
  }

  /** Scroll the list, not the page, until the chosen article stands at its top. */
  private bringIntoView(id: string | null): void {
    const item = id === this.shown ? undefined : this.entries.find((entry) => entry.id === id)?.item;
    this.shown = id;
    const list = item?.closest(".panel-scroll");
    if (item && list) list.scrollTop += item.getBoundingClientRect().top - list.getBoundingClientRect().top;
  }

  private fill(entry: Entry): void {
    entry.filled = true;
    const relations = this.model.relationsOf(entry.id);
    if (relations.length === 0) return;
    entry.body.append(el("h4", {}, say("panel.relations")), el("ul", { class: "relations" }, ...relations.map((relation) => this.relation(relation))));
  }

  private relation(relation: Relation): HTMLElement {
    const known = relation.object_ids.filter((id) => this.model.has(id));
    const names = el("span", { class: "objects" });
    known.slice(0, NAMED).forEach((id, index) => {
      if (index > 0) names.append(", ");
      names.append(button(this.model.name(id), "link-button", () => this.store.change({ object: id }, "panel")));
    });
    if (known.length > NAMED) names.append(`, ${say("panel.more", { n: known.length - NAMED })}`);
    return el(
      "li",
      { class: `basis-${relation.basis}` },
      el(
        "p",
        { class: "badges" },
        el("span", { class: `tag verb-${relation.verb}` }, sayName("verb", relation.verb)),
        el("span", { class: `tag basis-${relation.basis}` }, sayName("basis", relation.basis)),
        el("span", { class: `tag ${relation.verified ? "is-verified" : "is-unverified"}` }, say(relation.verified ? "verified.yes" : "verified.no")),
        relation.grade ? el("span", { class: "muted" }, say("panel.grade", { grade: relation.grade })) : null,
      ),
      el("p", {}, relation.via ? `${relation.via}: ` : null, names),
      relation.rationale ? el("p", { class: "muted" }, relation.rationale) : null,
      sourceList(this.model, relation.sources),
    );
  }
}
