import type { PolicyFile } from "../../../policy/compile.ts";
import { isPermission } from "../../../policy/permission.ts";
import type { Policy } from "../../../policy/policy.ts";
import { byPath } from "../../access/route-order.ts";
import type { FindingJson, MatrixJson } from "../../console/contract.ts";
import { accessMatrix } from "../../policy-view/access-matrix.ts";
import type { PlaygroundState } from "../state/state.ts";
import { type Answer, answerTo, type NoAnswer } from "./answer.ts";
import { findingsOf, policyOf } from "./judge.ts";

/** What the page wants to know. */
export interface JudgeRequest {
  /** Grows with each request. */
  readonly revision: number;
  readonly state: PlaygroundState;
  /** A part of the routes that the matrix shows; empty for all. */
  readonly filter: string;
  /** How many routes the matrix shows. */
  readonly rows: number;
}

/** What the page is told, in parts: each as soon as it is known. */
export type Verdict = { readonly revision: number } & (
  | {
      readonly type: "answer";
      /** Undefined if the policy does not load. */
      readonly answer: Answer | NoAnswer | undefined;
      /** What can be asked about: routes, then permissions. */
      readonly targets: readonly string[];
    }
  | { readonly type: "findings"; readonly findings: readonly FindingJson[] }
  | {
      readonly type: "matrix";
      /** Undefined if the policy does not load. */
      readonly matrix: MatrixJson | undefined;
      /** The routes of the filter, shown or not. */
      readonly routes: number;
    }
);

/** The clock of the page, and what its policies are decided by. */
export interface Surroundings {
  readonly model: PolicyFile;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets other work go first. */
  readonly pause: () => Promise<void>;
}

/** More than a list of proposals shows. */
const MOST_TARGETS = 1_000;

/**
 * Judges the state of the page part by part: the answer, then findings, the matrix, and what was probably meant. A
 * newer request ends the work on an older one.
 */
export class Judging {
  readonly #surroundings: Surroundings;
  readonly #tell: (verdict: Verdict) => void;
  #latest = -1;
  #known: { readonly files: string; readonly policy: Policy | undefined } | undefined;
  #found: { readonly about: string; readonly findings: readonly FindingJson[] } | undefined;

  constructor(surroundings: Surroundings, tell: (verdict: Verdict) => void) {
    this.#surroundings = surroundings;
    this.#tell = tell;
  }

  async judge(request: JudgeRequest): Promise<void> {
    const { revision, state } = request;
    const { model, now, pause } = this.#surroundings;
    this.#latest = revision;
    await pause();
    if (this.#latest !== revision) return;
    const files = JSON.stringify(state.files);
    if (this.#known?.files !== files) this.#known = { files, policy: policyOf(state.files, model) };
    const { policy } = this.#known;
    const answer = policy === undefined ? undefined : answerTo(policy, state, Math.floor(now() / 1000));
    this.#tell({ type: "answer", revision, answer, targets: policy === undefined ? [] : targetsOf(policy) });
    const today = new Date(now()).toISOString().slice(0, 10);
    const claims = new Set(state.personas.flatMap((persona) => Object.keys(persona.claims)));
    const find = (quick: boolean) => {
      const findings = findingsOf(state.files, { model, today, claims, quick });
      this.#tell({ type: "findings", revision, findings });
      return findings;
    };
    await pause();
    if (this.#latest !== revision) return;
    // A question changes no finding.
    const about = [files, ...[...claims].sort()].join("\n");
    const known = this.#found?.about === about ? this.#found.findings : undefined;
    if (known !== undefined) this.#tell({ type: "findings", revision, findings: known });
    const found = known ?? find(true);
    await pause();
    if (this.#latest !== revision) return;
    this.#tell({ type: "matrix", revision, ...matrixOf(policy, request) });
    await pause();
    if (this.#latest !== revision) return;
    if (known === undefined) this.#found = { about, findings: found.length === 0 ? found : find(false) };
  }
}

function matrixOf(policy: Policy | undefined, { filter, rows }: JudgeRequest) {
  if (policy === undefined) return { matrix: undefined, routes: 0 };
  const wanted = filter.trim().toLowerCase();
  const routes = [...policy.routeEntries.keys()].filter((route) => route.toLowerCase().includes(wanted));
  return { matrix: accessMatrix(policy, routes.sort(byPath).slice(0, rows)), routes: routes.length };
}

function targetsOf(policy: Policy): readonly string[] {
  const permissions = [
    ...[...policy.routeEntries.values()].flatMap((entry) => entry.permissions),
    ...policy.decisionRows.map(({ permission }) => permission).filter(isPermission),
  ];
  const routes = [...policy.routeEntries.keys()].sort(byPath);
  return [...routes, ...[...new Set(permissions)].sort()].slice(0, MOST_TARGETS);
}
