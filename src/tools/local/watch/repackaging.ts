import type { TemplatePool } from "../../cognito/config/from-template.ts";
import type { Screen } from "../../machine/screen.ts";
import { printable } from "../../text/printable.ts";
import { StartError } from "../start-error.ts";

/** Packages the changed service while the stack runs, again after each change until it succeeds. */
export class Repackaging {
  /** Resolves with the result of packaging. */
  readonly done: Promise<TemplatePool>;
  readonly #screen: Screen;
  readonly #package: () => Promise<TemplatePool>;
  #finish: (plan: TemplatePool) => void = () => undefined;
  #state: "unchanged" | "packaging" | "changed meanwhile" | "refused" = "unchanged";

  /** @param packageService throws StartError if the service cannot be packaged */
  constructor(screen: Screen, packageService: () => Promise<TemplatePool>) {
    this.#screen = screen;
    this.#package = packageService;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  serviceChanged(): void {
    if (this.#state === "packaging") this.#state = "changed meanwhile";
    else if (this.#state !== "changed meanwhile") void this.#run();
  }

  /** A missing row may be why the service was refused: a new route needs one. */
  policyChanged(): void {
    if (this.#state !== "unchanged") this.serviceChanged();
  }

  async #run(): Promise<void> {
    this.#screen.line("serverless.yml changed: packaging, then restarting ...");
    this.#state = "packaging";
    const result = await this.#package().catch((error: unknown) => error);
    // Set during packaging.
    if ((this.#state as string) === "changed meanwhile") return this.#run();
    if (!(result instanceof Error)) return this.#finish(result as TemplatePool);
    this.#state = "refused";
    this.#screen.line(`${this.#screen.style("red", "serverless.yml refused")}: the stack is unchanged`);
    const text = result instanceof StartError ? result.message : String(result);
    for (const line of text.split("\n")) this.#screen.line(`  ${printable(line)}`);
  }
}
