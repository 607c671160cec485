import { useState } from "preact/hooks";
import { Problem } from "../../console/views/parts.tsx";
import type { Session } from "../session.ts";
import type { Start } from "../start.ts";
import { OpenDialog } from "./open-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";

/** What can be done with the whole state. */
export function Header({ session, start }: { readonly session: Session; readonly start: Start }) {
  const [dialog, show] = useState<"open" | "share">();
  const { canUndo, canRedo, undo, redo, reset, open, origin } = session;
  const own = start.own;
  const begin = (name: string) => {
    if (own?.name === name) return open(own.state, { kind: "own", name });
    const sample = start.samples.find((one) => one.name === name);
    if (sample !== undefined) open(sample.state, { kind: "sample", name });
  };
  return (
    <header class="top">
      <h1>
        <span aria-hidden="true" class="mark">
          ✓
        </span>
        claimgate <span class="soft">playground</span>
      </h1>
      <label class="start">
        <span class="hidden">Start from</span>
        <select value={origin.name} onChange={(event) => begin(event.currentTarget.value)}>
          {own === undefined ? null : (
            <optgroup label="Your policy">
              <option value={own.name}>{own.name}</option>
            </optgroup>
          )}
          <optgroup label="Start from a sample">
            {start.samples.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
          {origin.kind === "link" || origin.kind === "file" ? (
            <optgroup label="Opened">
              <option value={origin.name}>{origin.name}</option>
            </optgroup>
          ) : null}
        </select>
      </label>
      <div class="buttons">
        <button type="button" aria-disabled={!canUndo} onClick={undo}>
          Undo
        </button>
        <button type="button" aria-disabled={!canRedo} onClick={redo}>
          Redo
        </button>
        <button type="button" aria-disabled={!canUndo} onClick={reset}>
          Reset
        </button>
        <button type="button" onClick={() => show("open")}>
          Open
        </button>
        <button type="button" class="primary" onClick={() => show("share")}>
          Share
        </button>
      </div>
      {dialog === "open" ? <OpenDialog session={session} close={() => show(undefined)} /> : null}
      {dialog === "share" ? <ShareDialog state={session.state} close={() => show(undefined)} /> : null}
    </header>
  );
}

/** Says where a state came from that somebody else may have written, and what could not be opened. */
export function Origins({ session: { origin, problem } }: { readonly session: Session }) {
  return (
    <>
      <Problem text={problem} />
      {origin.kind === "link" ? (
        <p class="banner" role="status">
          <strong>This policy came with a link.</strong> Anyone can write such a link: it is not the policy of
          your service, and nothing here changes that one.
        </p>
      ) : null}
    </>
  );
}
