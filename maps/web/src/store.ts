/** What the reader has chosen. Every part of the page listens; none keeps a copy. */

/** Who made a choice: the part that did need not answer to it. */
export type Origin = "map" | "table" | "panel" | "hash" | "key";

export interface State {
  /** Id of the chosen treaty article. */
  readonly article: string | null;
  /** Id of the chosen link or place. */
  readonly object: string | null;
  readonly hiddenModes: ReadonlySet<string>;
  readonly hiddenStatuses: ReadonlySet<string>;
}

export type Listener = (state: State, before: State, origin: Origin) => void;

export class Store {
  private current: State = {
    article: null,
    object: null,
    hiddenModes: new Set(),
    hiddenStatuses: new Set(),
  };
  private readonly listeners: Listener[] = [];

  get state(): State {
    return this.current;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  change(part: Partial<State>, origin: Origin): void {
    const before = this.current;
    this.current = { ...before, ...part };
    for (const listener of this.listeners) listener(this.current, before, origin);
  }

  /** Show or hide the links of one mode or one status. */
  toggle(which: "hiddenModes" | "hiddenStatuses", name: string, shown: boolean): void {
    const names = new Set(this.current[which]);
    if (shown) names.delete(name);
    else names.add(name);
    this.change({ [which]: names }, "panel");
  }
}
