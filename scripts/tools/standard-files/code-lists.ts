/** The code lists of the standard → the file that clients read. */
import { codeLists, codesOf, standardVersion } from '@yiwang/schema/standard';

/** Codes of the newest version, each with its Chinese name. */
export function createCodeListFile(): string {
  const lists = codeLists().map(({ id, name, codes }) => {
    const current = new Set(codesOf(id, standardVersion()));
    const names = codes.filter(({ code }) => current.has(code)).map(({ code, name }) => [code, name]);
    return { id, name, codes: Object.fromEntries(names) };
  });
  return `${JSON.stringify({ standard: standardVersion(), lists }, null, 2)}\n`;
}
