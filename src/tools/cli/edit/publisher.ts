import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import { diagnosticsOf } from "../../editor/diagnostics.ts";
import type { OpenProject } from "./open-project.ts";
import type { OpenWorkspaceSnapshot } from "./open-workspace.ts";

/** Sends the diagnostics of every file, also of those that are not open, when they differ from what was sent. */
export class Publisher {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  /** Project -> URI -> what it finds there. */
  readonly #found = new Map<OpenProject, ReadonlyMap<string, readonly Diagnostic[]>>();
  /** URI -> what the client has. */
  readonly #sent = new Map<string, string>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Sends what a check of a project changed. */
  publish(workspace: OpenWorkspaceSnapshot, checked: OpenProject): void {
    const project = checked.current();
    const found = [...diagnosticsOf(workspace, project)].map(
      ([name, diagnostics]) => [workspace.uriOf(project, name), diagnostics] as const,
    );
    this.#found.set(checked, new Map(found));
    this.#sendChanges(workspace);
  }

  /** Takes back what was found in projects that are gone. Each keystroke does, so findings are looked at if need be. */
  retain(workspace: OpenWorkspaceSnapshot): void {
    const gone = [...this.#found.keys()].filter((project) => !workspace.has(project));
    for (const project of gone) this.#found.delete(project);
    if (gone.length > 0) this.#sendChanges(workspace);
  }

  #sendChanges(workspace: OpenWorkspaceSnapshot): void {
    const now = [...this.#found.values()];
    for (const uri of new Set([...this.#sent.keys(), ...now.flatMap((one) => [...one.keys()])])) {
      // Services that share a policy find the same in it.
      const all = now.flatMap((one) => one.get(uri) ?? []);
      const texts = new Map(all.map((one) => [JSON.stringify(one), one]));
      const text = [...texts.keys()].join("\n");
      if (text === (this.#sent.get(uri) ?? "")) continue;
      if (text === "") this.#sent.delete(uri);
      else this.#sent.set(uri, text);
      const version = workspace.versionOf(uri);
      this.#send({ uri, diagnostics: [...texts.values()], ...(version !== undefined && { version }) });
    }
  }
}
