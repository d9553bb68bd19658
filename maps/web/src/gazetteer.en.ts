/**
 * Names of countries and waters for orientation: where they stand and from which zoom. Set by hand.
 * A name may stand at several points; a view shows the first that fits.
 */

export interface GroundName {
  readonly text: string;
  readonly lon: number;
  readonly lat: number;
  readonly kind: "country" | "water";
  readonly from: number;
  readonly to?: number;
}

const country = (text: string, lon: number, lat: number, from: number): GroundName => ({ text, lon, lat, from, kind: "country" });
const water = (text: string, lon: number, lat: number, from: number): GroundName => ({ text, lon, lat, from, kind: "water" });

/** Disputed areas carry no name here. */
export const GROUND_NAMES: readonly GroundName[] = [
  country("Russia", 47, 55.3, 2.5),
  country("Russia", 56, 60, 2.5),
  country("Russia", 38.5, 58.5, 3),
  country("Iran", 54.6, 33.2, 2.5),
  country("India", 77.5, 22.8, 2.5),
  country("Kazakhstan", 66, 48.2, 2.5),
  country("Türkiye", 34, 39.2, 3),
  country("Turkmenistan", 59.2, 39.4, 3.5),
  country("Uzbekistan", 63.4, 41.9, 4),
  country("Afghanistan", 66, 33.8, 3.5),
  country("Pakistan", 68.6, 29.2, 3.5),
  country("Iraq", 43.2, 33, 3.5),
  country("Saudi Arabia", 44.6, 24.2, 3),
  country("Oman", 56.6, 20.6, 3.5),
  country("Yemen", 47.6, 15.6, 3.5),
  country("Azerbaijan", 48.2, 40.55, 5),
  country("Armenia", 44.7, 40.25, 5.5),
  country("Georgia", 43.4, 42.05, 5),
  country("Ukraine", 31.5, 49, 3.5),
  country("Belarus", 28, 53.3, 4),
  country("Poland", 19.4, 52, 3.5),
  country("Finland", 26.3, 62.8, 4),
  country("Syria", 38.6, 35, 4.5),
  country("Egypt", 29.5, 26.8, 3),
  country("Sudan", 30, 16, 3.5),
  country("Ethiopia", 39.6, 8.6, 3.5),
  country("Kenya", 37.8, 0.6, 4),
  country("Somalia", 45.4, 3.6, 4),
  country("United Arab Emirates", 54.2, 23.4, 5),
  country("Qatar", 51.2, 25.3, 6),
  country("Kuwait", 47.6, 29.3, 6),
  country("Kyrgyzstan", 74.6, 41.5, 4.5),
  country("Tajikistan", 71, 38.6, 4.5),
  country("China", 88, 39, 3),
  country("Mongolia", 97, 47, 3),
  country("Nepal", 84, 28.3, 5),
  country("Sri Lanka", 80.7, 7.5, 5),
  country("South Africa", 24, -30, 2.5),
  country("Nigeria", 8, 9.5, 3),
  country("Algeria", 3, 28, 2.5),
  country("Libya", 17.5, 27, 3),
  country("Madagascar", 46.8, -19.5, 3),
  country("Spain", -3.7, 40, 3.5),
  country("France", 2.5, 47, 3.5),
  country("Romania", 25, 46, 4.5),
  country("Greece", 22.2, 39.3, 5),
  // Where a map comes so close that the country's own point lies outside.
  country("Iran", 46.55, 38.55, 7),
  country("Iran", 49.4, 36.6, 7),
  country("Iran", 60.4, 27.2, 7),
  country("Iran", 59.8, 34.4, 7),
  country("Iran", 45.6, 38.35, 7),
  country("Iran", 50.6, 35.9, 7),
  country("Armenia", 46.15, 39.45, 7.5),
  country("Armenia", 45.75, 39.85, 7),
  country("Armenia", 44.3, 40.75, 7),
  country("Azerbaijan", 46.9, 40.2, 7),
  country("Azerbaijan", 47.5, 39.7, 7.5),
  country("Nakhchivan (Azerbaijan)", 45.5, 39.3, 7),
  country("Georgia", 43.9, 41.75, 7),
  country("Türkiye", 42.6, 40.4, 7),
  country("Afghanistan", 62.2, 34.2, 7),
  country("Turkmenistan", 54.4, 38.4, 7),
  country("Pakistan", 63.6, 26.2, 6.5),
  water("Caspian Sea", 49.8, 38.2, 7),
  water("Caspian Sea", 50.8, 42, 3.5),
  water("Black Sea", 34.5, 43.2, 3.5),
  water("Persian Gulf", 51.2, 27.2, 4),
  water("Gulf of Oman", 58.6, 24.6, 5),
  water("Arabian Sea", 64, 17, 3),
  water("Bay of Bengal", 88.5, 15, 3),
  water("Red Sea", 38.2, 20.5, 3.5),
  water("Gulf of Aden", 47.6, 12.2, 4.5),
  water("Mediterranean Sea", 24, 34.2, 3),
  water("Baltic Sea", 19.4, 56.6, 4),
  water("Indian Ocean", 72, -8, 2),
  water("Atlantic Ocean", -22, -8, 2),
];
