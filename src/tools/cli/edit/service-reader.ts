import { serviceFileIn } from "../../service/framework.ts";
import { NOT_READ, readServiceOf } from "../check/read-service-of.ts";
import type { LspArguments } from "./lsp-arguments.ts";
import type { OpenProject } from "./open-project.ts";

/** What the reader needs of the server. */
export interface ServiceReaderOptions {
  /** A service was read, so its project is to be checked. */
  readonly read: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Asks the framework for the services of projects, with `--service`: when a project appears, and whenever its
 * serverless.yml was saved. The framework reads the disk, so unsaved text of serverless.yml does not count. A change
 * during a read makes it begin again; meanwhile the former service counts.
 */
export class ServiceReader {
  readonly #arguments: LspArguments;
  readonly #options: ServiceReaderOptions;
  readonly #seen = new WeakMap<OpenProject, number>();
  readonly #reading = new WeakSet<OpenProject>();

  constructor(argumentsOfServer: LspArguments, options: ServiceReaderOptions) {
    this.#arguments = argumentsOfServer;
    this.#options = options;
  }

  /** Reads those services that were not read since they changed. Returns at once. */
  read(projects: readonly OpenProject[]): void {
    for (const project of projects) if (!this.#reading.has(project)) void this.#readOne(project);
  }

  async #readOne(project: OpenProject): Promise<void> {
    this.#reading.add(project);
    while (this.#seen.get(project) !== project.serviceChanges) {
      this.#seen.set(project, project.serviceChanges);
      try {
        project.serviceRead(await this.#serviceOf(project.place.directory));
      } catch (error) {
        project.serviceRead(NOT_READ);
        this.#options.failed(error);
      }
      this.#options.read();
    }
    this.#reading.delete(project);
  }

  #serviceOf(directory: string) {
    const { stage, region, param } = this.#arguments;
    if (serviceFileIn(directory) === undefined) return NOT_READ;
    return readServiceOf({ directory, stage, region, params: param });
  }
}
