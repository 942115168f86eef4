/** Whether all contestants give the same data: asked of all before the load, and looked at again under it. */

import type { Scenario } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';
import { bodyOf, dataTextOf, type HttpReply, type LoadClient } from './load-client.ts';

/** What the callers that were asked for are to get, from one contestant. */
export interface ExpectedReplies {
  /** Throws an `Error` where the answer is not 200, has errors, or its data differ from what the check found. */
  check(caller: number, reply: HttpReply): void;
}

/** The first is the caller of whom all identical ones are copies. */
const CHECKED_CALLERS = [0, 1, 2, 3, 4];
const ERRORS = Buffer.from('"errors":');
const SHOWN_CHARACTERS = 60;

export interface SameDataResult {
  readonly expectedReplies: ReadonlyMap<TargetName, ExpectedReplies>;
  /** Of the first contestant, for the first caller. */
  readonly answerBytes: number;
}

/** Throws an `Error` that shows the place where the data of two contestants differ. */
export async function checkSameData(
  scenario: Scenario,
  clients: ReadonlyMap<TargetName, LoadClient>,
): Promise<SameDataResult> {
  const texts = new Map<number, string>();
  const expectedReplies = new Map<TargetName, ExpectedReplies>();
  let answerBytes = 0;
  for (const [name, client] of clients) {
    const bodies = new Map<number, Buffer>();
    for (const caller of CHECKED_CALLERS) {
      const reply = await client.send(bodyOf(scenario, 'distinct', caller));
      const text = readData(name, reply);
      const expected = texts.get(caller);
      if (expected === undefined) texts.set(caller, text);
      else if (expected !== text)
        throw new Error(differenceOf(scenario, [[...clients.keys()][0]!, expected], [name, text]));
      bodies.set(caller, reply.body);
      answerBytes ||= reply.body.length;
    }
    expectedReplies.set(name, createExpectedReplies(name, bodies, texts));
  }
  return { expectedReplies, answerBytes };
}

/** The very bytes are compared first: reading every answer would cost more than most contestants. */
function createExpectedReplies(
  name: TargetName,
  bodies: ReadonlyMap<number, Buffer>,
  texts: ReadonlyMap<number, string>,
): ExpectedReplies {
  return {
    check(caller, reply) {
      const expectedBody = bodies.get(caller);
      if (reply.status === 200 && expectedBody !== undefined && reply.body.equals(expectedBody)) return;
      if (expectedBody !== undefined || reply.status !== 200 || reply.body.includes(ERRORS)) {
        const text = readData(name, reply);
        if (expectedBody !== undefined && text !== texts.get(caller)) {
          throw new Error(`${name} gives caller ${caller} other data under load than before it.`);
        }
      }
    },
  };
}

function readData(name: TargetName, reply: HttpReply): string {
  try {
    return dataTextOf(reply);
  } catch (error) {
    throw new Error(`${name} does not answer: ${(error as Error).message}`, { cause: error });
  }
}

type NamedText = readonly [name: string, text: string];

function differenceOf({ name }: Scenario, [first, expected]: NamedText, [second, actual]: NamedText): string {
  let at = 0;
  while (expected[at] === actual[at]) at++;
  const show = (text: string) => text.slice(Math.max(0, at - SHOWN_CHARACTERS), at + SHOWN_CHARACTERS);
  return `${name}: ${second} gives other data than ${first}, at character ${at}:\n  ${first}: ${show(expected)}\n  ${second}: ${show(actual)}`;
}
