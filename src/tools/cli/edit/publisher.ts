import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import { diagnosticsOf } from "../../editor/diagnostics.ts";
import type { OpenWorkspaceSnapshot } from "./open-workspace.ts";

/** Sends the diagnostics of every file, also of those that are not open, when they differ from what was sent. */
export class Publisher {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  /** URI -> what the client has. */
  readonly #sent = new Map<string, string>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  publish(workspace: OpenWorkspaceSnapshot): void {
    const now = new Map<string, Map<string, Diagnostic>>();
    for (const project of workspace.projects) {
      for (const [name, diagnostics] of diagnosticsOf(workspace, project)) {
        const uri = workspace.uriOf(project, name);
        const all = now.get(uri) ?? new Map<string, Diagnostic>();
        // Services that share a policy find the same in it.
        for (const one of diagnostics) all.set(JSON.stringify(one), one);
        now.set(uri, all);
      }
    }
    for (const uri of new Set([...this.#sent.keys(), ...now.keys()])) {
      const diagnostics = [...(now.get(uri)?.values() ?? [])];
      const text = JSON.stringify(diagnostics);
      if (text === (this.#sent.get(uri) ?? "[]")) continue;
      if (diagnostics.length === 0) this.#sent.delete(uri);
      else this.#sent.set(uri, text);
      const version = workspace.versionOf(uri);
      this.#send({ uri, diagnostics, ...(version !== undefined && { version }) });
    }
  }
}
