/**
 * Where the neutral base map draws no border.
 *
 * Natural Earth draws its own view of who holds what. A line of that release that runs inside a
 * disputed area, or along one party's claim, is left out here; the page draws such lines dashed,
 * each with its own source and date, from its payload.
 */

/** Two countries (names as in the source) whose common line is left out, all of it or in a box. */
export interface Omission {
  readonly pair: readonly [string, string];
  /** West, south, east, north in degrees; absent = the whole common line. */
  readonly box?: readonly [number, number, number, number];
}

/** Any country on the other side of the line. */
export const ANY = "*";

export const OMISSIONS: readonly Omission[] = [
  // Crimea: the line across the isthmus.
  { pair: ["Russia", "Ukraine"], box: [32, 45, 35.6, 46.4] },
  // Kashmir and the Himalaya: lines of control, not agreed borders.
  { pair: ["India", "Pakistan"], box: [73, 32.2, 78.5, 37.5] },
  { pair: ["China", "Pakistan"] },
  { pair: ["China", "India"] },
  { pair: ["Bhutan", "China"] },
  { pair: ["Siachen Glacier", ANY] },
  // Armistice and occupation lines in the Levant.
  { pair: ["Israel", "Palestine"] },
  { pair: ["Israel", "Syria"] },
  { pair: ["Israel", "Lebanon"], box: [35.5, 33.2, 35.9, 33.5] },
  // Cyprus: buffer zone and bases.
  { pair: ["Cyprus U.N. Buffer Zone", ANY] },
  { pair: ["N. Cyprus", ANY] },
  { pair: ["Akrotiri", ANY] },
  { pair: ["Dhekelia", ANY] },
  // Leased ground is no border.
  { pair: ["Baikonur", ANY] },
  // Declared states and territories without general recognition.
  { pair: ["Somalia", "Somaliland"] },
  { pair: ["Kosovo", "Serbia"] },
  { pair: ["Morocco", "W. Sahara"] },
  // Undetermined or claimed by both sides.
  { pair: ["S. Sudan", "Sudan"], box: [26, 8.5, 30, 11] },
  { pair: ["Kenya", "S. Sudan"] },
  { pair: ["Egypt", "Sudan"], box: [33, 21.5, 37.5, 24] },
];
