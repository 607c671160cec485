import { REFRESH_INTERVAL } from "../../src/token/signing-keys-cache.ts";
import type { SigningKey } from "../../src/tools/cognito/tokens/signing.ts";
import { generator } from "../decision-workload.ts";
import { isExpected, type Outcome, outcomeOf } from "./answers.ts";
import type { Version } from "./artefacts.ts";
import type { Environment, EnvironmentSettings } from "./environment.ts";
import { createJudge, type Judge } from "./expected.ts";
import type { Expected } from "./gateway-answers.ts";
import { createRecorder, type Recorder } from "./latency.ts";
import { PHASES, type Phase } from "./phases.ts";
import { nextQuestion, type Question } from "./questions.ts";
import type { Reply } from "./runtime-api.ts";
import {
  createStarter,
  type Fetches,
  hasReached,
  retire,
  type Slot,
  type SlotPlan,
  type Starter,
  startNext,
  weighted,
} from "./slots.ts";
import type { Tokens } from "./tokens.ts";

export interface RunOptions {
  readonly invocations: number;
  readonly versions: readonly [Version, Version];
  readonly settings: EnvironmentSettings;
  readonly keys: readonly SigningKey[];
  readonly tokens: Tokens;
  /** Epoch seconds. */
  readonly nowSeconds: number;
  /** A lane sends one event at a time to its environments; lanes run side by side. */
  readonly lanes: readonly (readonly SlotPlan[])[];
  readonly progress: (line: string) => void;
}

export interface PhaseResult {
  readonly name: string;
  readonly seconds: number;
  readonly invocations: number;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Good tokens whose key the environment did not know. */
  readonly withoutKey: number;
  /** Answers by the version that gave them: the first, the next. */
  readonly byVersion: readonly [number, number];
}

export interface RunResult {
  readonly invocations: number;
  readonly wrong: number;
  /** Some of the wrong answers. */
  readonly examples: readonly string[];
  readonly phases: readonly PhaseResult[];
  /** By function. */
  readonly handler: ReadonlyMap<string, Recorder>;
  readonly roundTrip: ReadonlyMap<string, Recorder>;
  /** All that ran; stopped. */
  readonly environments: readonly Environment[];
}

/** What all phases share. */
interface Course {
  readonly options: RunOptions;
  readonly judges: ReadonlyMap<Version, Judge>;
  readonly starter: Starter;
  readonly lanes: readonly Slot[][];
  readonly handler: Map<string, Recorder>;
  readonly roundTrip: Map<string, Recorder>;
  readonly examples: string[];
  sent: number;
  wrong: number;
}

/** After a change of the keys every environment must have noticed it by then. */
const LONGEST_WAIT_MS = 3 * REFRESH_INTERVAL + 10_000;
const EXAMPLES = 20;

/** Runs all phases and checks every answer. @throws Error if an event is not answered or a phase does not end */
export async function runPhases(options: RunOptions): Promise<RunResult> {
  const { versions, keys, settings, progress } = options;
  settings.keyServer.publish(keys.slice(0, 1));
  const starter = createStarter(settings);
  const lanes: Slot[][] = [];
  for (const plans of options.lanes) {
    const lane: Slot[] = [];
    for (const plan of plans) {
      lane.push({ plan, current: await starter.start(plan, versions[0]), next: undefined });
    }
    lanes.push(lane);
  }
  const judges = new Map(versions.map((version) => [version, createJudge(version)]));
  const [handler, roundTrip] = [new Map<string, Recorder>(), new Map<string, Recorder>()];
  const common = { options, judges, starter, lanes, handler, roundTrip };
  const course: Course = { ...common, examples: [], sent: 0, wrong: 0 };
  const phases: PhaseResult[] = [];
  for (const [index, phase] of PHASES.entries()) {
    const result = await runPhase(course, phase, index);
    phases.push(result);
    progress(`${phase.name}: ${result.invocations} invocations, ${result.seconds.toFixed(1)} s`);
  }
  await Promise.all(lanes.flat().map(({ current }) => current.stop()));
  const { sent: invocations, wrong, examples } = course;
  return { invocations, wrong, examples, phases, handler, roundTrip, environments: starter.started };
}

interface Tally {
  invocations: number;
  withoutKey: number;
  readonly outcomes: Partial<Record<Outcome, number>>;
  readonly byVersion: [number, number];
}

async function runPhase(course: Course, phase: Phase, index: number): Promise<PhaseResult> {
  const { options, starter, lanes } = course;
  const { keys, versions, settings } = options;
  settings.keyServer.setOutage(phase.outage === true);
  settings.keyServer.publish(keys.filter(({ kid }) => phase.published.some((one) => one === kid)));
  const before = new Map(
    starter.started.map(({ name, keys: { fetches, failures } }) => [name, { fetches, failures }]),
  );
  const swaps = phase.starts === "the-next-version";
  const starting = swaps ? startNext(lanes.flat(), starter, versions[1]) : Promise.resolve();
  if (phase.starts === "a-cold-environment") await addColdOne(course);
  const tally: Tally = { invocations: 0, withoutKey: 0, outcomes: {}, byVersion: [0, 0] };
  const start = performance.now();
  const isOver = endOf(course, phase, tally, before);
  await Promise.all(
    lanes.map(async (lane, position) => {
      const random = generator(1 + position + lanes.length * index);
      while (!isOver()) await askOnce(course, phase, lane, random, tally);
    }),
  );
  await starting;
  if (swaps) await retire(lanes.flat());
  return { name: phase.name, seconds: (performance.now() - start) / 1_000, ...tally };
}

/** An environment that starts while no key can be fetched. */
async function addColdOne({ options, starter, lanes }: Course): Promise<void> {
  const [first] = lanes;
  const plan = first?.[0]?.plan;
  if (first === undefined || plan === undefined) return;
  const current = await starter.start(plan, options.versions[1], ", cold in the outage");
  first.push({ plan: { ...plan, weight: plan.weight / 2 }, current, next: undefined });
}

/** Whether the phase is over. @throws Error if an environment does not notice what has changed */
function endOf(
  { options, lanes }: Course,
  { name, share, until }: Phase,
  tally: Tally,
  before: ReadonlyMap<string, Fetches>,
): () => boolean {
  const latest = performance.now() + LONGEST_WAIT_MS;
  return () => {
    if (tally.invocations < share * options.invocations) return false;
    if (hasReached(until, lanes.flat(), before)) return true;
    // Of a long run the share alone may take longer.
    if (performance.now() < latest) return false;
    throw new Error(`phase \`${name}\` never reached \`${until ?? "its end"}\``);
  };
}

async function askOnce(
  course: Course,
  phase: Phase,
  lane: readonly Slot[],
  random: () => number,
  tally: Tally,
): Promise<void> {
  const { options, judges } = course;
  const slot = weighted(lane, random());
  const environment = slot.next !== undefined && random() < 0.5 ? slot.next : slot.current;
  const judge = judges.get(environment.version);
  if (judge === undefined) throw new Error(`no judge for ${environment.name}`);
  course.sent += 1;
  tally.invocations += 1;
  const question = nextQuestion({ ...options, random }, judge, environment, phase, course.sent);
  const { fetches, failures } = environment.keys;
  const at = performance.now();
  const reply = await environment.invoke(question.requestId, question.event);
  const permitted = question.permitted({ fetches, failures, at });
  count(course, environment, reply, tally);
  if (question.isWithoutKey()) tally.withoutKey += 1;
  if (permitted.some((expected) => isExpected(expected, reply))) return;
  course.wrong += 1;
  if (course.examples.length < EXAMPLES) {
    course.examples.push(described(phase, environment, question, reply, permitted));
  }
}

function count(course: Course, environment: Environment, reply: Reply, tally: Tally): void {
  const { name } = environment.artefact;
  record(course.handler, name, reply.handlerNs);
  record(course.roundTrip, name, reply.roundTripNs);
  const outcome = outcomeOf(reply);
  tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
  tally.byVersion[environment.version === course.options.versions[0] ? 0 : 1] += 1;
}

function record(recorders: Map<string, Recorder>, name: string, nanoseconds: number): void {
  const recorder = recorders.get(name) ?? createRecorder();
  recorders.set(name, recorder);
  recorder.record(nanoseconds);
}

function described(
  { name: phase }: Phase,
  { name, keys }: Environment,
  { requestId, what }: Question,
  { kind, body }: Reply,
  permitted: readonly Expected[],
): string {
  const known = [...(keys.kids ?? ["none"])].join(", ");
  const expected = JSON.stringify(permitted);
  return `${requestId}, ${phase}, ${name}, keys: ${known}, ${what}\n  expected ${expected}\n  got ${kind} ${body}`;
}
