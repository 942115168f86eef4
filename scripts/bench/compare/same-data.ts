/** Checks that all targets return the same data, before the load and under it. */

import type { Scenario } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';
import { bodyOf, dataTextOf, type HttpReply, type LoadClient } from './load-client.ts';

/** The replies of one target to the callers that were checked before the load. */
export interface ExpectedReplies {
  /** Throws an `Error` if the reply is not 200, has errors, or its data differ from the reply before the load. */
  check(caller: number, reply: HttpReply): void;
}

/** Identical callers are all copies of the first one. */
const CHECKED_CALLERS = [0, 1, 2, 3, 4];
const ERRORS = Buffer.from('"errors":');
const SHOWN_CHARACTERS = 60;

export interface SameDataResult {
  readonly expectedReplies: ReadonlyMap<TargetName, ExpectedReplies>;
  /** Size of the first target's reply to the first caller. */
  readonly answerBytes: number;
}

/** Throws an `Error` that shows the first difference if the data of two targets differ. */
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

/** Compares bytes first: parsing every reply would cost more than most targets do. */
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
          throw new Error(`${name} returns other data to caller ${caller} under load than before it.`);
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
  return `${name}: ${second} returns other data than ${first}, at character ${at}:\n  ${first}: ${show(expected)}\n  ${second}: ${show(actual)}`;
}
