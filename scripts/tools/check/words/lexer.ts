/** Splits a TypeScript or JavaScript source into what the words check reads: identifiers and comments, each with its line. */

export interface SourceWords {
  readonly identifiers: readonly Located[];
  readonly comments: readonly Located[];
}

export interface Located {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|[A-Za-z_$][\w$]*|\d[\w.]*|[`{}]|\s+|[^\s]/gu;
/** After these a slash opens a regular expression: nothing stands before it that could be divided. */
const BEFORE_EXPRESSION = /^(?:[([{,;:=!&|?+\-*%<>~^]|return|typeof|case|in|of|void|await|yield)$/;
const EXPRESSION = /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/uy;
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)/uy;

export function splitSource(text: string): SourceWords {
  const identifiers: Located[] = [];
  const comments: Located[] = [];
  /** Braces that are open in each `${…}` that is. */
  const templates: number[] = [];
  let line = 1;
  let previous = '(';
  let at = 0;
  const advance = (end: number): void => {
    for (let i = at; i < end; i++) if (text.charCodeAt(i) === 10) line++;
    at = end;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const skipTemplate = (): void => {
    const end = match(TEMPLATE);
    if (end?.[1] === '${') templates.push(0);
    advance(at + (end?.[0].length ?? text.length));
    previous = end?.[1] === '${' ? '(' : ')';
  };
  while (at < text.length) {
    const expression = text[at] === '/' && BEFORE_EXPRESSION.test(previous) ? match(EXPRESSION) : null;
    const token = expression?.[0] ?? match(TOKEN)?.[0] ?? text[at]!;
    if (expression === null) {
      if (token.startsWith('//') || token.startsWith('/*')) comments.push({ text: token, line });
      else if (/^[A-Za-z_$]/.test(token)) identifiers.push({ text: token, line });
    }
    advance(at + token.length);
    if (token === '`') {
      skipTemplate();
      continue;
    }
    const open = templates.length - 1;
    if (token === '{' && open >= 0) templates[open]!++;
    if (token === '}' && open >= 0 && templates[open]!-- === 0) {
      templates.pop();
      skipTemplate();
      continue;
    }
    if (!/^(\s|\/[/*])/.test(token)) previous = expression ? ')' : token;
  }
  return { identifiers, comments };
}
