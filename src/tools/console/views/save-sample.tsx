import { useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import { post } from "../api.ts";
import { reasonOf } from "../api-error.ts";
import type { DeliveryDetailJson, SavedSampleJson } from "../contract.ts";
import { Code, CopyButton, Problem } from "./parts.tsx";

/** Writes an event into `events/`, as `sls invoke local` and the contract tests read it. */
export function SaveSample({
  id,
  sample: { folder, name: first, text },
}: {
  readonly id: number;
  readonly sample: NonNullable<DeliveryDetailJson["sample"]>;
}) {
  const [name, call] = useState(first);
  const [what, tell] = useState("");
  const [busy, work] = useState(false);
  const [error, fail] = useState("");
  const [saved, done] = useState<SavedSampleJson>();
  const save = async () => {
    work(true);
    try {
      const answer = await post<SavedSampleJson>("/api/event/save", { id, name, what });
      done(answer);
      fail("");
      announce(`Saved as ${answer.path}`);
    } catch (cause) {
      done(undefined);
      fail(reasonOf(cause));
    } finally {
      work(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <p class="soft">
        Tokens become placeholders, addresses those of example.com, ids those of samples. The function runs
        once with the sample, and its answer is what the tests expect from then on.
      </p>
      <label>
        Name
        <span class="path-field">
          <code>{folder}/</code>
          <input
            required
            value={name}
            autocomplete="off"
            spellcheck={false}
            pattern="[a-z0-9]+(-[a-z0-9]+)*(\.json)?"
            title="lower-case letters, digits and hyphens"
            onInput={(event) => call(event.currentTarget.value)}
          />
        </span>
      </label>
      <label>
        What it shows
        <input
          value={what}
          placeholder="a customer places an order"
          onInput={(event) => tell(event.currentTarget.value)}
        />
      </label>
      <details>
        <summary>What is saved</summary>
        <Code label="What is saved" text={text} />
      </details>
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? "Running it once ..." : "Save as sample"}
        </button>
      </div>
      <Problem text={error} />
      {saved === undefined ? null : <Saved saved={saved} />}
    </form>
  );
}

function Saved({ saved: { path, command, differs } }: { readonly saved: SavedSampleJson }) {
  return (
    <div class="done" role="status">
      <p>
        Saved as <code>{path}</code>, with an entry in <code>manifest.json</code>.
      </p>
      <p>
        <code>{command}</code> <CopyButton text={command} label="the command" />
      </p>
      {differs === null ? null : (
        <p class="problem">
          {differs}: the sample has other names and no users. Correct it by hand, or delete it and its entry.
        </p>
      )}
    </div>
  );
}
