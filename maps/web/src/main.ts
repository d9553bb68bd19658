/** Start of the page: read the payload, draw it, listen. */
import { byId, data } from "./dom.ts";
import { readHash, showHash, writeHash } from "./hash.ts";
import { drawLegend } from "./legend.ts";
import { CorridorMap } from "./map.ts";
import { Model } from "./model.ts";
import { Panel } from "./panel.ts";
import { Store } from "./store.ts";
import { Table } from "./table.ts";
import type { Payload } from "./types.ts";

const NARROW = "(max-width: 760px)";

function start(): void {
  const model = new Model(data<Payload>("payload"));
  const store = new Store();
  const address = readHash(location.hash, model);
  const view = new CorridorMap(byId("map"), model, store, address.view);
  drawLegend(model, store);
  if (model.articles.size > 0) new Panel(model, store);
  new Table(model, store, (id, opener) => {
    byId("map").scrollIntoView({ block: "nearest" });
    view.reveal(id, opener);
  });

  const remember = (): void => {
    const { article, object } = store.state;
    showHash(writeHash({ article, object, view: view.view }, model));
  };
  const go = ({ article, object }: { article: string | null; object: string | null }): void => {
    store.change({ article, object }, "hash");
  };
  if (address.article !== null && address.view === null) store.change({ article: address.article }, "panel");
  if (address.article !== null || address.object !== null) go(address);
  store.subscribe(remember);
  view.onView = remember;

  window.addEventListener("hashchange", () => {
    const next = readHash(location.hash, model);
    if (next.view) view.setView(next.view);
    go(next);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const { article, object } = store.state;
    if (object !== null) {
      store.change({ object: null }, "key");
      view.popup.giveFocusBack();
    } else if (article !== null) {
      store.change({ article: null }, "key");
    }
  });
  if (window.matchMedia(NARROW).matches) {
    for (const box of document.querySelectorAll<HTMLDetailsElement>("details[data-wide]")) box.open = false;
  }
  performance.mark("corridors-ready");
  document.documentElement.dataset["ready"] = "1";
}

start();
