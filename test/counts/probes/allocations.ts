// Prints the bytes that one invocation of a warm authorizer allocates. Runs with a young generation that takes all of
// them, so that nothing is collected meanwhile, and without optimized code, which allocates less the warmer it is: then
// one version of Node gives the same bytes each time. Two versions differ by a few percent for an authorizer, and by a
// third for a trigger, which allocates little.
import { writeSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { answerForPool, checkAnswer, INVOCATIONS, type Invocation, start } from "./invocations.ts";

const WARM_UP = 40;
const COUNTED = 31;

const usedBytes = () => getHeapStatistics().used_heap_size;

/** The median, since the engine itself allocates now and then. */
async function bytesOf(invocation: Invocation): Promise<number> {
  const handler = start(invocation.function, invocation.environment);
  const bytes: number[] = [];
  for (let index = 0; index < WARM_UP + COUNTED; index += 1) {
    const event = invocation.event(index);
    const before = usedBytes();
    const answer = await handler(event);
    bytes.push(usedBytes() - before);
    checkAnswer(invocation, answer);
  }
  return bytes.slice(WARM_UP).sort((a, b) => a - b)[Math.floor(COUNTED / 2)] ?? 0;
}

async function main(): Promise<void> {
  answerForPool();
  process.stdout.write = () => true;
  const bytes: Record<string, number> = {};
  for (const [name, invocation] of Object.entries(INVOCATIONS)) {
    if (invocation.function.endsWith("Authorizer")) bytes[name] = await bytesOf(invocation);
  }
  writeSync(1, JSON.stringify(bytes));
}

void main();
