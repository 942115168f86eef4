/** What the gateway offers the page. */
export interface Identity {
  readonly name: string;
  readonly about: string;
  readonly header: string;
  readonly value: string;
}

export interface Question {
  readonly title: string;
  readonly identity: string;
  readonly operationName: string;
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}

/** Both are empty outside the demo. */
export interface Content {
  readonly identities: readonly Identity[];
  readonly questions: readonly Question[];
}

export interface Coverage {
  readonly asked: number;
  readonly answered: number;
  readonly complete: boolean;
  readonly platforms: readonly { readonly platform: string; readonly status: string }[];
  /** Codes of divisions that no platform answers for. */
  readonly unserved?: readonly string[];
}

export async function readContent(): Promise<Content> {
  const response = await fetch('/playground/content');
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  return (await response.json()) as Content;
}

/** Changes with the questions. */
export function digestOf({ questions }: Content): string {
  let hash = 0;
  for (const char of questions.map(({ query }) => query).join('\n'))
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return (hash >>> 0).toString(36);
}
