/** The table: Python wrote its rows; here they learn to sort, to open and to follow the map. */
import { details } from "./details.ts";
import { button, byId, el } from "./dom.ts";
import type { Model } from "./model.ts";
import type { State, Store } from "./store.ts";
import { say } from "./strings.ts";

interface Row {
  readonly id: string;
  readonly row: HTMLTableRowElement;
  readonly head: HTMLButtonElement;
  open: HTMLTableRowElement | null;
}

/** Compare two sort keys; numbers as numbers, what is missing last. */
export function compare(a: string, b: string): number {
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, document.documentElement.lang);
}

export class Table {
  private readonly model: Model;
  private readonly store: Store;
  private readonly reveal: (id: string, opener: Element) => void;
  private readonly body: HTMLTableSectionElement;
  private readonly heads: readonly HTMLTableCellElement[];
  private readonly rows: readonly Row[];

  constructor(model: Model, store: Store, reveal: (id: string, opener: Element) => void) {
    this.model = model;
    this.store = store;
    this.reveal = reveal;
    const table = byId("links") as HTMLTableElement;
    this.body = table.tBodies[0]!;
    this.heads = [...table.tHead!.rows[0]!.cells];
    this.rows = [...this.body.rows].map((row) => this.enhance(row));
    this.heads.forEach((head, column) => this.makeSortable(head, column));
    store.subscribe((state) => this.show(state));
    this.show(store.state);
  }

  private enhance(row: HTMLTableRowElement): Row {
    const id = row.dataset["id"] ?? "";
    const cell = row.cells[0]!;
    const head = button(cell.textContent ?? "", "row-button", () => {
      this.store.change({ object: this.store.state.object === id ? null : id }, "table");
    });
    head.setAttribute("aria-expanded", "false");
    cell.replaceChildren(head);
    return { id, row, head, open: null };
  }

  private makeSortable(head: HTMLTableCellElement, column: number): void {
    const words = head.textContent ?? "";
    const press = button(words, "sort-button", () => this.sort(head, column));
    press.title = say("table.sort", { column: words });
    head.replaceChildren(press);
    head.setAttribute("aria-sort", "none");
  }

  private sort(head: HTMLTableCellElement, column: number): void {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of this.heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row: Row): string => row.row.cells[column]?.dataset["v"] ?? row.row.cells[column]?.textContent ?? "";
    const sign = down ? -1 : 1;
    const sorted = [...this.rows].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return x === "" || y === "" ? compare(x, y) : sign * compare(x, y);
    });
    for (const { row, open } of sorted) this.body.append(row, ...(open ? [open] : []));
  }

  private show(state: State): void {
    const touched = state.article === null ? null : this.model.touchedBy(state.article);
    for (const entry of this.rows) {
      const link = this.model.links.get(entry.id);
      const chosen = state.object === entry.id;
      const hidden = link !== undefined && (state.hiddenModes.has(link.mode) || state.hiddenStatuses.has(link.status));
      entry.row.hidden = hidden;
      entry.row.classList.toggle("is-lit", touched?.has(entry.id) ?? false);
      entry.row.classList.toggle("is-chosen", chosen);
      entry.head.setAttribute("aria-expanded", String(chosen));
      if (chosen && entry.open === null) this.unfold(entry);
      else if (!chosen && entry.open !== null) {
        entry.open.remove();
        entry.open = null;
      }
    }
  }

  private unfold(entry: Row): void {
    const show = button(say("popup.show_on_map"), "show-on-map", () => this.reveal(entry.id, entry.head));
    const cell = el("td", { colspan: entry.row.cells.length }, details(this.model, this.store, entry.id), show);
    entry.open = el("tr", { class: "row-details" }, cell);
    entry.row.after(entry.open);
  }
}
