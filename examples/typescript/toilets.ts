/** The nearest public toilets, by name and distance: `node --import tsx examples/typescript/toilets.ts`, with the key in YIWANG_API_KEY. */
import { createClient } from './client.ts';
import { NearestToilets } from './generated/operations.ts';

const url = process.env.YIWANG_URL ?? 'http://127.0.0.1:4000/graphql';
const ask = createClient({ url, headers: { 'x-api-key': process.env.YIWANG_API_KEY ?? '' } });

const { data, errors = [], extensions } = await ask(NearestToilets);
for (const { name, distanceMetres, openingHours } of data?.facilities.nodes ?? []) {
  console.log(`${distanceMetres} m  ${name}  ${openingHours}`);
}
for (const { message } of errors) console.error(message);
if (extensions?.coverage?.complete === false) console.error('not every platform answered');
