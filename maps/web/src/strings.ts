/** Words a reader sees. One JSON catalogue a language; Python reads the same file. */
import english from "./strings.en.json";

export type Key = keyof typeof english;

/** The words of a key, with `{name}` filled from `values`. */
export function say(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return english[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The words of `group.name`, or of the fallback where the group does not know the name. */
export function sayName(group: string, name: string, fallback: string = name): string {
  const key = `${group}.${name}`;
  return Object.prototype.hasOwnProperty.call(english, key) ? say(key as Key) : fallback;
}

/** A value for print: what is missing says so. */
export function orNone(value: string | null | undefined): string {
  return value === null || value === undefined || value === "" ? say("value.none") : value;
}
