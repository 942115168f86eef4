/** `npm run fields`: adds new fields of the graph to `schema/data/fields`; their Chinese names are to be written there. */
import { completeFieldFiles } from './field-files.ts';

for (const coordinate of completeFieldFiles()) {
  const [entity] = coordinate.split('.');
  console.log(`${coordinate} is new: write its Chinese name in schema/data/fields/${entity}.json`);
}
