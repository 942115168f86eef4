/** Monthly topics of a city: a subject of many requests that is dealt with in one month. */
import { createId } from '@yiwang/schema';
import { MONTHS } from '../../data-period.ts';
import { createRandom } from '../../random.ts';
import { officeCode } from '../offices/departments.ts';
import type { OfficeKind } from '../offices/offices.ts';
import type { Row } from '../tables.ts';

interface Topic {
  readonly title: string;
  readonly lead: OfficeKind;
  /** The first names the topic; each stands for all classes below it. */
  readonly categories: readonly string[];
  /** Months in which it occurs, 1 to 12. Undefined: every month. */
  readonly months?: readonly number[];
}

const TOPICS: readonly Topic[] = [
  { title: '居民供热保障', lead: 'HOUSING', categories: ['40205'], months: [11, 12, 1, 2] },
  { title: '汛期道路积水治理', lead: 'WATER', categories: ['4020104', '40206', '4110401'], months: [5, 6, 7, 8] },
  { title: '拖欠工资治理', lead: 'LABOUR', categories: ['40701'], months: [11, 12, 1] },
  { title: '义务教育入学服务', lead: 'EDUCATION', categories: ['40801'], months: [4, 5, 6, 7, 8] },
  { title: '夜间噪声治理', lead: 'ENVIRONMENT', categories: ['40501'], months: [5, 6, 7, 8, 9] },
  { title: '物业服务质量提升', lead: 'HOUSING', categories: ['40301'] },
  { title: '停车难治理', lead: 'TRAFFIC_POLICE', categories: ['40401'] },
  { title: '预付卡消费维权', lead: 'MARKET', categories: ['4060102', '4080301'] },
  { title: '占道经营整治', lead: 'MANAGEMENT', categories: ['40102'] },
  { title: '老旧小区改造与加装电梯', lead: 'HOUSING', categories: ['40307', '4030105'] },
  { title: '电动自行车停放充电安全', lead: 'FIRE', categories: ['4040502', '4110103'] },
  { title: '养老服务便利化', lead: 'CIVIL', categories: ['41002'] },
];
const TOPICS_PER_MONTH = 3;

export interface Topics {
  readonly topics: readonly Row<'monthly_topics'>[];
  readonly categories: readonly Row<'monthly_topic_categories'>[];
}

/** `city`: canonical code. */
export function createTopics(city: string): Topics {
  const random = createRandom(`topics ${city}`);
  const topics: Row<'monthly_topics'>[] = [];
  const categories: Row<'monthly_topic_categories'>[] = [];
  for (const month of MONTHS) {
    const number = Number(month.slice(5));
    const seasonal = TOPICS.filter(
      (topic) => topic.months?.includes(number) && (city === '110000' || topic.lead !== 'HOUSING'),
    );
    const others = TOPICS.filter((topic) => topic.months === undefined);
    const monthTopics = new Set([random.pick(seasonal.length > 0 ? seasonal : others)]);
    while (monthTopics.size < TOPICS_PER_MONTH) monthTopics.add(random.pick(others));
    for (const topic of monthTopics) {
      const id = createId(city, 'T', String(topics.length + 1).padStart(4, '0'));
      const lead = officeCode(topic.lead, city);
      topics.push({ id, division: city, month, title: topic.title, category: topic.categories[0], lead });
      categories.push(...topic.categories.map((category) => ({ topic: id, division: city, category })));
    }
  }
  return { topics, categories };
}
