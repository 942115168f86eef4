/** The questions of examples/questions, each with the type of its data: made by scripts/tools/docs/generate.ts. */
import type { Operation } from '../client.ts';

/** The ministry ranks provinces by on-time closing. */
export const ProvincesByOnTimeClosing: Operation<ProvincesByOnTimeClosingData> = {
  name: 'ProvincesByOnTimeClosing',
  text: `query ProvincesByOnTimeClosing {
  caseStatistics(
    period: "2026-10"
    groupBy: [PROVINCE]
    orderBy: { by: "rates.closingOnTime", direction: DESC }
  ) {
    key { division { code name } }
    counts { reported closed closedOnTime overdue }
    rates { closingOnTime { numerator denominator value } }
  }
}
`,
};

export interface ProvincesByOnTimeClosingData {
  readonly caseStatistics: readonly {
    readonly key: {
      readonly division: {
        readonly code: string;
        readonly name: string;
      } | null;
    };
    readonly counts: {
      readonly reported: number;
      readonly closed: number;
      readonly closedOnTime: number;
      readonly overdue: number;
    };
    readonly rates: {
      readonly closingOnTime: {
        readonly numerator: number;
        readonly denominator: number;
        readonly value: number | null;
      };
    };
  }[];
}

/** Hubei's supervisor drills from the province to a city, a street and a case. */
export const HubeiDrillDown: Operation<HubeiDrillDownData> = {
  name: 'HubeiDrillDown',
  text: `query HubeiDrillDown {
  province: division(code: "420000") {
    name
    evaluations(period: "2026-09") { scheme score grade }
    cities: caseStatistics(
      period: "2026-10"
      groupBy: [CITY]
      orderBy: { by: "rates.closingOnTime", direction: ASC }
    ) {
      key { division { code name } }
      counts { overdue }
      rates { closingOnTime { value } }
    }
  }
  city: division(code: "420100") {
    name
    streets: caseStatistics(
      period: "2026-10"
      groupBy: [STREET]
      orderBy: { by: "counts.overdue" }
      top: 3
    ) {
      key { division { code name parent { name } } }
      counts { overdue open }
    }
  }
  cases(
    within: "420100"
    filter: { overdue: true }
    orderBy: { field: DUE_AT, direction: ASC }
    first: 1
  ) {
    totalCount
    nodes {
      id
      status
      dueAt
      category { name major { name } }
      division { name parent { name } }
      department { name }
      stages { action at to }
    }
  }
}
`,
};

export interface HubeiDrillDownData {
  readonly province: {
    readonly name: string;
    readonly evaluations: readonly {
      readonly scheme: string;
      readonly score: number;
      readonly grade: string;
    }[];
    readonly cities: readonly {
      readonly key: {
        readonly division: {
          readonly code: string;
          readonly name: string;
        } | null;
      };
      readonly counts: {
        readonly overdue: number;
      };
      readonly rates: {
        readonly closingOnTime: {
          readonly value: number | null;
        };
      };
    }[];
  } | null;
  readonly city: {
    readonly name: string;
    readonly streets: readonly {
      readonly key: {
        readonly division: {
          readonly code: string;
          readonly name: string;
          readonly parent: {
            readonly name: string;
          } | null;
        } | null;
      };
      readonly counts: {
        readonly overdue: number;
        readonly open: number;
      };
    }[];
  } | null;
  readonly cases: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly status: 'REPORTED' | 'FILED' | 'DISPATCHED' | 'HANDLING' | 'HANDLED' | 'INSPECTING' | 'CLOSED' | 'VOIDED';
      readonly dueAt: string | null;
      readonly category: {
        readonly name: string;
        readonly major: {
          readonly name: string;
        } | null;
      };
      readonly division: {
        readonly name: string;
        readonly parent: {
          readonly name: string;
        } | null;
      };
      readonly department: {
        readonly name: string;
      } | null;
      readonly stages: readonly {
        readonly action: string;
        readonly at: string;
        readonly to: 'REPORTED' | 'FILED' | 'DISPATCHED' | 'HANDLING' | 'HANDLED' | 'INSPECTING' | 'CLOSED' | 'VOIDED' | null;
      }[];
    }[];
  };
}

/** An app developer finds the nearest public toilets. */
export const NearestToilets: Operation<NearestToiletsData> = {
  name: 'NearestToilets',
  text: `query NearestToilets {
  facilities(
    within: "420100"
    kind: PUBLIC_TOILET
    near: { longitude: 114.3055, latitude: 30.5928, withinMetres: 5000 }
    first: 3
  ) {
    totalCount
    nodes { name address distanceMetres openingHours }
    pageInfo { hasNextPage }
  }
}
`,
};

export interface NearestToiletsData {
  readonly facilities: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly name: string;
      readonly address: string | null;
      readonly distanceMetres: number | null;
      readonly openingHours: string | null;
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
    };
  };
}

/** A department of Wuhan reads shared data, and is refused a field that is not shared. */
export const SharedCases: Operation<SharedCasesData> = {
  name: 'SharedCases',
  text: `query SharedCases {
  cases(within: "420100", first: 2) {
    totalCount
    nodes {
      id
      status
      source
      category { name }
      division { name }
      reportedAt
      dueAt
      onTime
      department { name }
    }
  }
  department(code: "114201000100011972") {
    name
    responsibilities { title basis }
  }
}
`,
};

export interface SharedCasesData {
  readonly cases: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly status: 'REPORTED' | 'FILED' | 'DISPATCHED' | 'HANDLING' | 'HANDLED' | 'INSPECTING' | 'CLOSED' | 'VOIDED';
      readonly source: 'PATROL' | 'HOTLINE' | 'PUBLIC' | 'VIDEO' | 'LEADER' | 'DEPARTMENT' | 'SENSOR';
      readonly category: {
        readonly name: string;
      };
      readonly division: {
        readonly name: string;
      };
      readonly reportedAt: string;
      readonly dueAt: string | null;
      readonly onTime: boolean | null;
      readonly department: {
        readonly name: string;
      } | null;
    }[];
  };
  readonly department: {
    readonly name: string;
    readonly responsibilities: readonly {
      readonly title: string;
      readonly basis: string | null;
    }[];
  } | null;
}

/** Beijing asks across its city, district and street platforms while one is down. */
export const BeijingTonight: Operation<BeijingTonightData> = {
  name: 'BeijingTonight',
  text: `query BeijingTonight {
  caseStatistics(
    period: "2026-10"
    groupBy: [COUNTY]
    orderBy: { by: "counts.open" }
    top: 4
  ) {
    key { division { code name } }
    counts { reported closed open overdue }
    rates { closingOnTime { value } }
  }
  alarms(first: 2) {
    nodes {
      level
      metric
      value
      threshold
      raisedAt
      point { name division { name } }
    }
  }
}
`,
};

export interface BeijingTonightData {
  readonly caseStatistics: readonly {
    readonly key: {
      readonly division: {
        readonly code: string;
        readonly name: string;
      } | null;
    };
    readonly counts: {
      readonly reported: number;
      readonly closed: number;
      readonly open: number;
      readonly overdue: number;
    };
    readonly rates: {
      readonly closingOnTime: {
        readonly value: number | null;
      };
    };
  }[];
  readonly alarms: {
    readonly nodes: readonly {
      readonly level: 'LEVEL_1' | 'LEVEL_2' | 'LEVEL_3' | 'LEVEL_4';
      readonly metric: string;
      readonly value: number;
      readonly threshold: number;
      readonly raisedAt: string;
      readonly point: {
        readonly name: string;
        readonly division: {
          readonly name: string;
        };
      };
    }[];
  };
}
