import { findingAt } from "../../findings/finding.ts";
import type { OpenProject } from "./open-project.ts";

/** What the loop needs of the server. */
export interface CheckLoopOptions {
  /** Lets the messages in that arrived meanwhile. */
  readonly nextStep: () => Promise<void>;
  /** Every project is checked. */
  readonly checked: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Checks projects one after the other, in steps, so that requests are answered in between. An edit during the check of
 * its project makes that check begin again: findings are never those of an older text.
 */
export class CheckLoop {
  readonly #options: CheckLoopOptions;
  #projects: readonly OpenProject[] = [];
  #running = false;

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

  async #run(): Promise<void> {
    const { nextStep, checked, failed } = this.#options;
    for (;;) {
      await nextStep();
      const project = this.#projects.find(({ needsCheck }) => needsCheck);
      if (project === undefined) break;
      project.needsCheck = false;
      try {
        await this.#checkOne(project);
      } catch (error) {
        failed(error);
      }
    }
    this.#running = false;
    checked();
  }

  async #checkOne(project: OpenProject): Promise<void> {
    const steps = project.check();
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) {
        project.findings = value.findings.map(findingAt);
        project.learned();
        return;
      }
      await this.#options.nextStep();
      if (project.needsCheck) return;
    }
  }
}
