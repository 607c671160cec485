import type { LintReport } from "../../lint/lint.ts";
import type { OpenProject } from "./open-project.ts";

/** What the loop needs of the server. */
export interface CheckLoopOptions {
  /** Lets the messages in that arrived meanwhile. */
  readonly nextStep: () => Promise<void>;
  readonly checked: (project: OpenProject) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Checks projects in steps, so that requests are answered in between. An edit during the check of its project makes
 * that check begin again: findings are never those of an older text. The smallest project comes first, so that no
 * service waits for a larger one.
 */
export class CheckLoop {
  readonly #options: CheckLoopOptions;
  readonly #begun = new Map<OpenProject, Generator<undefined, LintReport>>();
  #projects: readonly OpenProject[] = [];
  #running = false;
  /** The project whose check begins next. */
  #announced: OpenProject | undefined;
  #waiting: (() => void)[] = [];

  constructor(options: CheckLoopOptions) {
    this.#options = options;
  }

  /** Checks those of the projects that changed. Returns at once. */
  check(projects: readonly OpenProject[]): void {
    this.#projects = projects;
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  /** Resolves when the findings of a project are those of its texts, or its check failed. */
  async settled(project: OpenProject): Promise<void> {
    this.check(this.#projects);
    while (this.#projects.includes(project) && this.#isOpen(project)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async #run(): Promise<void> {
    for (;;) {
      await this.#options.nextStep();
      const project = this.#next();
      if (project === undefined) break;
      if (project.needsCheck && this.#announced !== project) {
        // What an editor asks together with an edit goes first: the first step of a check is the longest.
        this.#announced = project;
        continue;
      }
      this.#announced = undefined;
      this.#step(project);
    }
    this.#running = false;
    this.#begun.clear();
    this.#wake();
  }

  #isOpen(project: OpenProject): boolean {
    return project.needsCheck || this.#begun.has(project);
  }

  #next(): OpenProject | undefined {
    const open = this.#projects.filter((project) => this.#isOpen(project));
    return open.length < 2 ? open[0] : open.reduce((least, one) => (one.size < least.size ? one : least));
  }

  #step(project: OpenProject): void {
    try {
      if (project.needsCheck) this.#begun.set(project, project.check());
      project.needsCheck = false;
      const step = this.#begun.get(project)?.next();
      if (step?.done !== true) return;
      project.learned(step.value);
      this.#options.checked(project);
    } catch (error) {
      this.#options.failed(error);
    }
    this.#begun.delete(project);
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
