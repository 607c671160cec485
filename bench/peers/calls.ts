import { createRequire } from "node:module";
import type { BenchRequest, Workload } from "../decision-workload.ts";
import type { CallTimes } from "../report/results.ts";
import { bundleStack, STACKS } from "./bundles.ts";
import { eventOf, groupsOf } from "./http-events.ts";
import { type Allows, peerPolicyOf } from "./peer-policy.ts";
import { referenceOf } from "./reference.ts";
import { refusedTokens } from "./tokens.ts";
import { inTurns, type Side, type Turns } from "./turns.ts";

type Handler = (event: object) => Promise<{ readonly isAuthorized: boolean }>;

/** What remembers tokens has room for all of them. */
const MEMORY = 1_000;
const CAN_REMEMBER: readonly string[] = ["claimgate", "fast-jwt + CASL"];

/** Microseconds from an event to the answer. @throws Error for a wrong answer */
export async function measureCalls(
  folder: string,
  workload: Workload,
  turns: Turns,
): Promise<readonly CallTimes[]> {
  const { requests } = workload;
  const events = requests.map((request) => eventOf(request));
  // A middleware writes to its event, and none may meet what it wrote.
  const over =
    (handler: Handler): Side =>
    (index) =>
      handler({ ...events[index % events.length] });
  const allows = referenceOf(peerPolicyOf(workload));
  const sides: Record<string, Side> = {};
  const quiet = withoutOutput();
  try {
    for (const name of Object.keys(STACKS)) {
      for (const memory of CAN_REMEMBER.includes(name) ? [0, MEMORY] : [0]) {
        const handler = loaded(await bundleStack(name, { folder, workload, memory }));
        await check(name, handler, { allows, requests, events });
        sides[`${name}, ${memory}`] = over(handler);
      }
    }
    const times = await inTurns(sides, turns);
    return Object.keys(STACKS).map((name) => ({
      name,
      fresh: times[`${name}, 0`] as number,
      seen: times[`${name}, ${MEMORY}`] ?? null,
    }));
  } finally {
    quiet.end();
  }
}

const load = createRequire(import.meta.url);

function loaded(bundle: string): Handler {
  return (load(bundle) as { readonly handler: Handler }).handler;
}

/** The decision log of claimgate is made as ever and goes nowhere. */
function withoutOutput(): { readonly end: () => void } {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  return {
    end: () => {
      process.stdout.write = write;
    },
  };
}

interface Asked {
  readonly allows: Allows;
  readonly requests: readonly BenchRequest[];
  readonly events: readonly object[];
}

/** All events twice, since a side may remember, and no token that must be refused. */
async function check(name: string, handler: Handler, { allows, requests, events }: Asked): Promise<void> {
  for (const round of [1, 2]) {
    for (const [index, request] of requests.entries()) {
      const { isAuthorized } = await handler({ ...events[index] });
      const [permission = ""] = request.permissions;
      if (isAuthorized !== allows(request.subjects, permission))
        throw new Error(`${name} is wrong in round ${round} about ${JSON.stringify(request)}`);
    }
  }
  const allowed = requests.find(({ subjects, permissions: [permission = ""] }) =>
    allows(subjects, permission),
  );
  if (allowed === undefined) throw new RangeError("the workload allows nothing");
  for (const [what, token] of Object.entries(refusedTokens(groupsOf(allowed.subjects)))) {
    if (await isAllowed(handler, eventOf(allowed, token))) throw new Error(`${name} accepts ${what}`);
  }
}

/** claimgate answers a bad token with an error, which API Gateway turns into 401. */
async function isAllowed(handler: Handler, event: object): Promise<boolean> {
  try {
    return (await handler(event)).isAuthorized;
  } catch {
    return false;
  }
}
