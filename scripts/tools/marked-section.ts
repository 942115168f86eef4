/** A part of a document that a program writes, between two comments. */

export interface SectionMarks {
  readonly start: string;
  readonly end: string;
}

/** The document with the section in place of what stands between the marks. Throws if it has no such section. */
export function replaceSection(document: string, { start, end }: SectionMarks, section: string): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document has no section between "${start}" and "${end}"`);
  return `${document.slice(0, from)}${start}\n\n${section}\n\n${document.slice(to)}`;
}
