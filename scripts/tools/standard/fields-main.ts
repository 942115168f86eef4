/** `npm run fields`: adds new fields of the graph to `schema/data/fields`; their Chinese names are to be written there. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { completeFieldFile, type FieldFile } from './field-files.ts';
import { graphTypes } from './graph-types.ts';

const FOLDER = new URL('../../../schema/data/fields/', import.meta.url);

const types = graphTypes();
for (const type of types) {
  const url = new URL(`${type.name}.json`, FOLDER);
  const file = existsSync(url) ? (JSON.parse(readFileSync(url, 'utf8')) as FieldFile) : undefined;
  const text = completeFieldFile(type, file);
  writeFileSync(url, text);
  for (const [, field] of text.matchAll(/^ {4}"([^"]+)": \{"name": ""/gm)) {
    console.log(`${type.name}.${field} is new: write its Chinese name in schema/data/fields/${type.name}.json`);
  }
}
for (const name of readdirSync(FOLDER)) {
  if (!types.some((type) => `${type.name}.json` === name)) rmSync(new URL(name, FOLDER));
}
