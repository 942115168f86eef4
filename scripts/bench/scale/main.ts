/** `npm run map`: measures the gateway over the platforms of the whole country, and prints tables. */
import { readNumbers } from '../../tools/number-flags.ts';
import { createGatewayClient } from '../gateway/gateway-client.ts';
import { startGatewayProcess } from '../gateway/gateway-process.ts';
import { createNationalMap } from '../stubs/national-map.ts';
import { entryOf, startStubPlatforms } from '../stubs/stub-platforms.ts';
import { measureFaults } from './measure-faults.ts';
import { measurePages } from './measure-pages.ts';
import { measureSize } from './measure-size.ts';
import { measureStatistic } from './measure-statistic.ts';
import { measureTree } from './measure-tree.ts';

/** A city without districts (东莞): an operation within it reaches one platform in a directory of any size. */
const CITY = '441900';
/** Provinces of the tree, each with a gateway in a process of its own. */
const PROVINCES = 4;
/** The demo network's size. */
const SMALL = 12;

const {
  rounds,
  processes,
  rows: rowsEach,
} = readNumbers(process.argv.slice(2), {
  usage: 'usage: npm run map -- [--rounds 60] [--processes 2] [--rows 400]',
  defaults: { rounds: 60, processes: 2, rows: 400 },
});

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(`\n${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}`);
};

const map = createNationalMap();
const platforms = await startStubPlatforms([...map.cities, ...map.provinces], {
  processes,
  rowsEach,
});
try {
  const big = platforms.entries;
  const city = big.find(({ division, subgraphs }) => division === CITY && subgraphs.includes('municipal'))!;
  const small = [city, ...big.filter((entry) => entry !== city).slice(0, SMALL - 1)];
  // They are never called and need a URL alone.
  const districts = map.districts.map((place) => entryOf(place, city.url));
  const sizes = [];
  for (const entries of [small, big, [...big, ...districts]]) sizes.push(await measureSize(entries, CITY));
  table(
    ['platforms in the directory', 'planning a new question, median', 'the same again', 'memory of the gateway'],
    sizes.map((each) => [each.platforms, ms(each.planMs), ms(each.warmMs), `${each.rssMb.toFixed(0)} MB`]),
  );

  const gateway = await startGatewayProcess({ entries: big });
  const client = createGatewayClient(gateway);
  try {
    const statistics = await measureStatistic(client, platforms, rounds);
    table(
      [
        `statistic over ${map.cities.length} platforms`,
        'groups',
        'gateway p50',
        'bare p50',
        'ratio',
        'gateway p99',
        'bare p99',
      ],
      statistics.map((each) => [
        each.question,
        each.groups,
        ms(each.gatewayMs),
        ms(each.baselineMs),
        each.ratio.toFixed(2),
        ms(each.gatewayP99Ms),
        ms(each.baselineP99Ms),
      ]),
    );
    table(
      ['page of 50', 'time', 'the same again', 'calls', 'rows fetched', 'most of one platform'],
      (await measurePages(client, platforms, 4)).map((each) => [
        each.page,
        ms(each.elapsedMs),
        ms(each.againMs),
        each.calls,
        each.rows,
        each.rowsMax,
      ]),
    );
    table(
      ['platforms', 'p50', 'p99', 'asked', 'answered', 'listed as'],
      (await measureFaults(client, platforms, { rounds: Math.min(rounds, 30), deadlineMs: 1_000 })).map((each) => [
        each.state,
        ms(each.p50Ms),
        ms(each.p99Ms),
        each.asked,
        each.answered,
        each.statuses.join(' ') || '–',
      ]),
    );
    const { connections } = await platforms.state();
    table(
      ['connections at the platforms', 'memory of the gateway at the end'],
      [[connections, `${((await gateway.metric('process_resident_memory_bytes')) / 1_048_576).toFixed(0)} MB`]],
    );
  } finally {
    await client.close();
    await gateway.stop();
  }

  const { cities, provinces, figures } = await measureTree(platforms, { provinces: PROVINCES, rounds });
  table(
    [
      `${cities} cities, ${provinces} provincial gateways`,
      'statistic p50',
      'page of 50, p50',
      'calls of cities for a page',
      'rows fetched for it',
      'connections at the top',
    ],
    figures.map((each) => [
      each.network,
      ms(each.statisticMs),
      ms(each.pageMs),
      each.calls,
      each.rows,
      each.connections,
    ]),
  );
} finally {
  await platforms.stop();
}
