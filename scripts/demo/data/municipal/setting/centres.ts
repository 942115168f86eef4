/** Centres of the demo counties (degrees, CGCS2000, about a kilometre exact) and the radius within which their rows lie. */

export interface Centre {
  readonly longitude: number;
  readonly latitude: number;
  readonly radiusKm: number;
}

const URBAN_KM = 3;
const SUBURBAN_KM = 9;
const RURAL_KM = 18;

const CENTRES: Readonly<Record<string, readonly [longitude: number, latitude: number, radiusKm: number]>> = {
  '110101': [116.416, 39.929, URBAN_KM],
  '110102': [116.366, 39.912, URBAN_KM],
  '110102020': [116.335, 39.889, 1.2],
  '110105': [116.443, 39.922, SUBURBAN_KM],
  '110106': [116.287, 39.858, SUBURBAN_KM],
  '110107': [116.223, 39.906, URBAN_KM],
  '110108': [116.298, 39.96, SUBURBAN_KM],
  '110109': [116.102, 39.94, RURAL_KM],
  '110111': [116.143, 39.749, RURAL_KM],
  '110112': [116.657, 39.91, SUBURBAN_KM],
  '110113': [116.655, 40.13, RURAL_KM],
  '110114': [116.231, 40.22, RURAL_KM],
  '110115': [116.342, 39.727, RURAL_KM],
  '110116': [116.632, 40.316, RURAL_KM],
  '110117': [117.121, 40.141, RURAL_KM],
  '110118': [116.843, 40.377, RURAL_KM],
  '110119': [115.975, 40.457, RURAL_KM],
  '420102': [114.309, 30.6, URBAN_KM],
  '420103': [114.271, 30.601, URBAN_KM],
  '420104': [114.215, 30.582, URBAN_KM],
  '420105': [114.219, 30.554, URBAN_KM],
  '420106': [114.316, 30.554, URBAN_KM],
  '420107': [114.385, 30.64, URBAN_KM],
  '420111': [114.343, 30.5, SUBURBAN_KM],
  '420112': [114.137, 30.62, SUBURBAN_KM],
  '420113': [114.085, 30.309, SUBURBAN_KM],
  '420114': [114.029, 30.582, RURAL_KM],
  '420115': [114.322, 30.376, RURAL_KM],
  '420116': [114.376, 30.882, RURAL_KM],
  '420117': [114.801, 30.842, RURAL_KM],
  '420502': [111.286, 30.711, URBAN_KM],
  '420503': [111.361, 30.644, URBAN_KM],
  '420504': [111.268, 30.693, SUBURBAN_KM],
  '420505': [111.427, 30.531, URBAN_KM],
  '420506': [111.326, 30.77, RURAL_KM],
  '420525': [111.64, 31.06, RURAL_KM],
  '420526': [110.747, 31.348, RURAL_KM],
  '420527': [110.978, 30.826, RURAL_KM],
  '420528': [111.207, 30.473, RURAL_KM],
  '420529': [111.073, 30.157, RURAL_KM],
  '420581': [111.45, 30.378, RURAL_KM],
  '420582': [111.788, 30.821, RURAL_KM],
  '420583': [111.761, 30.426, RURAL_KM],
  '420602': [112.134, 32.01, URBAN_KM],
  '420606': [112.136, 32.045, URBAN_KM],
  '420607': [112.212, 32.088, RURAL_KM],
  '420624': [111.839, 31.775, RURAL_KM],
  '420625': [111.653, 32.264, RURAL_KM],
  '420626': [111.261, 31.879, RURAL_KM],
  '420682': [111.684, 32.359, RURAL_KM],
  '420683': [112.772, 32.129, RURAL_KM],
  '420684': [112.257, 31.72, RURAL_KM],
  '429004': [113.443, 30.328, RURAL_KM],
};

/** The centre of the street if it is known, else that of its county. Throws for a county outside the demo. */
export function centreOf(division: string): Centre {
  const entry = CENTRES[division.slice(0, 9)] ?? CENTRES[division.slice(0, 6)];
  if (!entry) throw new RangeError(`there is no centre for division ${division}`);
  return { longitude: entry[0], latitude: entry[1], radiusKm: entry[2] };
}

const KM_PER_DEGREE = 111.2;

/** The point that lies so many kilometres east and north, rounded to the 7 decimals of the component tables. */
export function offsetBy(
  from: { readonly longitude: number; readonly latitude: number },
  eastKm: number,
  northKm: number,
) {
  const shrink = Math.cos((from.latitude * Math.PI) / 180);
  return {
    longitude: round7(from.longitude + eastKm / (KM_PER_DEGREE * shrink)),
    latitude: round7(from.latitude + northKm / KM_PER_DEGREE),
  };
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
