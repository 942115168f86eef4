/** The profile of each platform's city: counts of rows, and how well the work is done. */

export interface CityProfile {
  /** Rows at scale 1. */
  readonly counts: {
    readonly cases: number;
    readonly requests: number;
    readonly components: number;
    readonly facilities: number;
    readonly points: number;
    readonly enforcement: number;
  };
  /** Shares of filed cases. */
  readonly work: {
    /** Closed, but after the deadline by days. */
    readonly late: number;
    /** Stuck for weeks, or never closed. */
    readonly stuck: number;
    readonly returned: number;
    readonly reworked: number;
    /** Not filed within the accept clock. */
    readonly filedLate: number;
  };
  /** Shares of valid callbacks; basically satisfied counts 0.9. */
  readonly hotline: {
    readonly responded: number;
    readonly resolved: number;
    readonly satisfied: number;
    readonly basically: number;
    /** Answered after the limit. */
    readonly late: number;
  };
  /** Northern cities are heated in winter. */
  readonly heated: boolean;
}

/**
 * By division of the platform. Beijing's hotline follows the published 96.77 % resolved and 97.10 % satisfied, its grid the
 * mean closing rate of 90.2 % since 2004; Hubei's cities are spread around the 99 % that one city reports for a month.
 */
export const PROFILES: Readonly<Record<string, CityProfile>> = {
  '420100': profile(
    [8600, 17_000, 1500, 600, 150, 420],
    [0.052, 0.014, 0.031, 0.034, 0.021],
    [0.9, 93.9, 90.2, 5.6, 5.1],
  ),
  '420500': profile([3700, 6600, 600, 250, 70, 190], [0.082, 0.031, 0.044, 0.052, 0.034], [1.6, 91.8, 87.1, 6.9, 7.4]),
  '420600': profile([4300, 7600, 700, 300, 80, 210], [0.026, 0.004, 0.018, 0.019, 0.011], [0.4, 96.1, 93.8, 3.9, 2.6]),
  '429004': profile([1400, 2600, 220, 100, 40, 70], [0.061, 0.022, 0.035, 0.038, 0.03], [1.1, 93.1, 89.5, 5.4, 5.8]),
  '110000': profile(
    [7300, 15_600, 1050, 520, 120, 380],
    [0.072, 0.048, 0.036, 0.041, 0.02],
    [0.3, 96.6, 95.4, 1.7, 2.4],
    true,
  ),
  '110101': profile(
    [2500, 4900, 460, 160, 45, 120],
    [0.038, 0.021, 0.024, 0.026, 0.014],
    [0.2, 97.2, 96.1, 1.4, 1.8],
    true,
  ),
  '110102': profile(
    [2600, 5000, 460, 160, 45, 130],
    [0.034, 0.018, 0.022, 0.024, 0.013],
    [0.2, 97.1, 96.0, 1.5, 1.9],
    true,
  ),
  '110102020': profile(
    [1400, 2400, 320, 80, 20, 40],
    [0.029, 0.015, 0.02, 0.021, 0.011],
    [0.2, 97.3, 96.3, 1.3, 1.6],
    true,
  ),
};

type Six = readonly [number, number, number, number, number, number];
type Five = readonly [number, number, number, number, number];

/** `hotline` in percent: not responded, resolved, satisfied, basically satisfied, answered late. */
function profile(counts: Six, work: Five, hotline: Five, heated = false): CityProfile {
  return {
    counts: {
      cases: counts[0],
      requests: counts[1],
      components: counts[2],
      facilities: counts[3],
      points: counts[4],
      enforcement: counts[5],
    },
    work: { late: work[0], stuck: work[1], returned: work[2], reworked: work[3], filedLate: work[4] },
    hotline: {
      responded: 1 - hotline[0] / 100,
      resolved: hotline[1] / 100,
      satisfied: hotline[2] / 100,
      basically: hotline[3] / 100,
      late: hotline[4] / 100,
    },
    heated,
  };
}

/** Factors on the shares of late and stuck cases by county; one is the worst of its city, so that a drill-down finds it. */
const COUNTY_FACTORS: Readonly<Record<string, number>> = {
  '420102': 0.8,
  '420103': 0.7,
  '420106': 0.75,
  '420117': 3.4,
  '420502': 0.8,
  '420529': 1.9,
  '420602': 0.7,
  '420626': 1.8,
  '110105': 1.1,
  '110108': 0.8,
  '110119': 1.5,
};

export function countyFactor(county: string): number {
  return COUNTY_FACTORS[county] ?? 1;
}
