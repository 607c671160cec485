import { setTimeout } from "node:timers/promises";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { compilePolicy } from "../../../policy/compile.ts";
import { PolicyError } from "../../../policy/finding.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { Edit } from "../../editor/lenses/edit-lens.ts";
import { editSteps } from "../../editor/lenses/edit-steps.ts";
import type { RowFacts } from "../../editor/lenses/row-lens.ts";
import { testedRows } from "../../editor/lenses/tested-rows.ts";
import type { Project } from "../../editor/project.ts";
import { changedGroups } from "../judge/group-changes.ts";
import { DecisionLogs } from "./decision-logs.ts";
import { HeadPolicy } from "./head-policy.ts";
import { inSlices } from "./in-slices.ts";

/** A policy with more rows is loaded for a lens when nothing was typed for so long. */
const MANY_ROWS = 2_000;
const QUIET_MS = 200;

/** The policy that loaded last, and its rows. */
interface LoadedPolicy {
  readonly policy: Policy;
  readonly texts: ReadonlySet<string>;
}

/** What was computed of one state of a project, once for all lenses. */
interface State {
  readonly texts: Project["facts"]["texts"];
  loaded?: Promise<LoadedPolicy | undefined>;
  edit?: Promise<Edit | undefined>;
  tests?: Promise<RowFacts["tests"]>;
}

export interface LensSourcesOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Files with decision logs: see {@link DecisionLogs}. */
  readonly decisionLog: readonly string[];
  /** A log was read, or HEAD is another commit. */
  readonly changed: () => void;
}

/** What the lenses of one project are made of: its policy, its tests, HEAD and the decision logs. */
export class LensSources {
  readonly #options: LensSourcesOptions;
  readonly #head: HeadPolicy;
  readonly #logs: DecisionLogs;
  #state: State | undefined;
  #last: LoadedPolicy | undefined;

  /** @param policies the absolute path of the policy directory */
  constructor(directory: string, policies: string, options: LensSourcesOptions) {
    this.#options = options;
    this.#head = new HeadPolicy(policies, () => {
      delete this.#state?.edit;
      options.changed();
    });
    this.#logs = new DecisionLogs(directory, options.decisionLog, options.now, options.changed);
  }

  close(): void {
    this.#state = undefined;
    this.#head.close();
    this.#logs.close();
  }

  /**
   * The policy that loads, or else the last one that did; undefined if none ever did.
   *
   * @throws ResponseError `ContentModified` if the project changed meanwhile, as all methods do
   */
  async policy(project: Project): Promise<LoadedPolicy | undefined> {
    const state = this.#stateOf(project);
    state.loaded ??= this.#load(project, state);
    const loaded = this.#current(state, await state.loaded);
    return loaded ?? this.#last;
  }

  async facts(project: Project): Promise<RowFacts> {
    const state = this.#stateOf(project);
    state.tests ??= this.#tests(project, state);
    const tests = this.#current(state, await state.tests);
    const logged = this.#logs.logged;
    return { tests, log: logged && { ...logged, now: this.#options.now() } };
  }

  async edit(project: Project): Promise<Edit> {
    const state = this.#stateOf(project);
    state.edit ??= this.#edit(project, state);
    const edit = this.#current(state, await state.edit);
    if (edit === undefined) throw modified();
    // A repository or its first commit may come without an edit.
    if (edit.kind === "no-base") delete state.edit;
    return edit;
  }

  #stateOf(project: Project): State {
    const { texts } = project.facts;
    if (this.#state?.texts !== texts) this.#state = { texts };
    return this.#state;
  }

  #current<T>(state: State, value: T): T {
    if (this.#state !== state) throw modified();
    return value;
  }

  async #load(project: Project, state: State): Promise<LoadedPolicy | undefined> {
    if (project.rows.length > MANY_ROWS) {
      await setTimeout(QUIET_MS);
      if (this.#state !== state) return undefined;
    }
    const { policy } = project;
    if (policy === undefined) return undefined;
    this.#last = { policy, texts: new Set(project.rows.map(({ text }) => text)) };
    return this.#last;
  }

  async #tests(project: Project, state: State): Promise<RowFacts["tests"]> {
    const loaded = await this.policy(project);
    if (loaded === undefined) return undefined;
    const steps = testedRows(loaded.policy, project.rows, project.filesOf("test"));
    return inSlices(steps, () => this.#state !== state);
  }

  async #edit(project: Project, state: State): Promise<Edit | undefined> {
    state.loaded ??= this.#load(project, state);
    const loaded = this.#current(state, await state.loaded);
    if (loaded === undefined) return { kind: "broken", findings: findingsOf(project) };
    const head = await this.#head.current();
    if (head.kind === "none") return { kind: "no-base", why: head.why };
    const groups = changedGroups(head.groupsFile, project.facts.texts.groupsFile);
    const now = { policy: loaded.policy, rows: project.rows };
    return inSlices(editSteps(head.side, now, groups), () => this.#state !== state);
  }
}

function findingsOf({ facts: { texts } }: Project) {
  if (texts.unreadable.length > 0) return texts.unreadable;
  try {
    compilePolicy(texts.sources);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.findings;
    throw error;
  }
}

function modified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, "the text changed meanwhile");
}
