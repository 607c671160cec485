// Prints what deployed functions ask for when they start, and what one invocation of a warm one takes; or where in the
// code one kind of invocation takes it.

import { writeSync } from "node:fs";
import {
  answerForPool,
  checkAnswer,
  functions,
  INVOCATIONS,
  type Invocation,
  start,
  where,
} from "./invocations.ts";
import { counted, countOne, countPlaces, requiredBy, type Tally } from "./spies.ts";

async function ofStart(name: string) {
  let begun: Tally = {};
  const modules = await requiredBy(async () => {
    [begun] = await counted(() => start(name));
  });
  // What the start has left for later, such as the fetch of the keys.
  await new Promise(setImmediate);
  return { modules, counts: begun };
}

async function ofWarm(name: string, invocation: Invocation) {
  const handler = start(invocation.function, invocation.environment);
  const countOf = async (index: number) => {
    const event = invocation.event(index);
    const [tally, answer] = await counted(() => handler(event));
    checkAnswer(invocation, answer);
    return tally;
  };
  const modules = await requiredBy(async () => {
    for (let index = 0; index < 5; index += 1) await countOf(index);
  });
  const [one, other] = [await countOf(5), await countOf(6)];
  if (sorted(one) !== sorted(other)) throw new Error(`${name}: ${sorted(one)} and then ${sorted(other)}`);
  return { modules, counts: one };
}

const sorted = (tally: Tally) => JSON.stringify(Object.entries(tally).sort());

async function inTurn<T, R>(items: Readonly<Record<string, T>>, run: (name: string, item: T) => Promise<R>) {
  const results: Record<string, R> = {};
  for (const [name, item] of Object.entries(items)) results[name] = await run(name, item);
  return results;
}

/** Every place of one invocation, by name. */
async function placesOf(kind: string): Promise<Tally> {
  const invocation = INVOCATIONS[kind];
  if (invocation === undefined) {
    throw new Error(
      `no invocation is called \`${kind}\`; expected one of: ${Object.keys(INVOCATIONS).join("; ")}`,
    );
  }
  const handler = start(invocation.function, invocation.environment);
  for (let index = 0; index < 5; index += 1) await handler(invocation.event(index));
  const event = invocation.event(5);
  const places = countPlaces();
  await counted(() => handler(event));
  return places;
}

async function main(): Promise<void> {
  answerForPool();
  process.stdout.write = () => {
    countOne("log lines");
    return true;
  };
  if (where !== undefined) return void writeSync(1, JSON.stringify(await placesOf(where)));
  const starts = await inTurn(functions, ofStart);
  const known = Object.entries(INVOCATIONS).filter(
    ([, invocation]) => functions[invocation.function] !== undefined,
  );
  const warm = await inTurn(Object.fromEntries(known), ofWarm);
  writeSync(1, JSON.stringify({ starts, warm }));
}

void main();
