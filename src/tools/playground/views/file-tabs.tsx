import type { FindingJson } from "../../console/contract.ts";
import type { LitRows } from "../judge/lit.ts";
import type { PlaygroundState } from "../state/state.ts";

/** A button for each file, with the number of its errors and whether it has a row that decides. */
export function FileTabs({
  files,
  shown,
  findings,
  lit,
  show,
}: {
  readonly files: PlaygroundState["files"];
  readonly shown: string | undefined;
  readonly findings: readonly FindingJson[];
  readonly lit: LitRows;
  readonly show: (path: string) => void;
}) {
  return (
    <nav class="files" aria-label="Policy files">
      {files.map(({ path }) => {
        const errors = findings.filter(({ file, severity }) => file === path && severity === "error").length;
        return (
          <button
            type="button"
            key={path}
            title={path}
            aria-current={path === shown ? "true" : undefined}
            onClick={() => show(path)}
          >
            {path.slice(path.lastIndexOf("/") + 1)}
            {lit.has(path) ? (
              <span class="lit-mark">
                <span aria-hidden="true"> ●</span>
                <span class="hidden"> has rows that decide</span>
              </span>
            ) : null}
            {errors === 0 ? null : (
              <span class="badge deny">
                {errors}
                <span class="hidden">{errors === 1 ? " error" : " errors"}</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
