import { CopyButton } from "../../console/views/parts.tsx";
import { pageAddress } from "../page-address.ts";
import { fragmentOf, LONGEST_OFFERED } from "../state/link.ts";
import { writtenState } from "../state/read-state.ts";
import type { PlaygroundState } from "../state/state.ts";
import { Dialog } from "./dialog.tsx";

/** A link that carries the state, or a file where that would be too long. */
export function ShareDialog({
  state,
  close,
}: {
  readonly state: PlaygroundState;
  readonly close: () => void;
}) {
  const fragment = fragmentOf(state);
  const link = `${pageAddress()}#${fragment}`;
  const isOffered = fragment.length <= LONGEST_OFFERED;
  const length = fragment.length.toLocaleString("en-US");
  return (
    <Dialog title="Share" close={close}>
      <p>
        Anyone who has the link or the file can read all files and personas. Nothing is uploaded: the link
        itself carries them.
      </p>
      {isOffered ? (
        <>
          <label>
            Link
            <textarea readOnly rows={4} value={link} onFocus={(event) => event.currentTarget.select()} />
            <small>{length} characters after #</small>
          </label>
          {location.protocol === "file:" ? (
            <p class="soft">
              This page is a file on your machine. Others paste the link into their own playground, with Open.
            </p>
          ) : null}
        </>
      ) : (
        <p class="problem" role="status">
          A link would have {length} characters after #. Chats and mail programs cut off links of more than{" "}
          {LONGEST_OFFERED.toLocaleString("en-US")}: share the file instead.
        </p>
      )}
      <div class="buttons">
        {isOffered ? <CopyButton text={link} label={`the link, ${length} characters`} /> : null}
        <button type="button" class={isOffered ? "small" : "primary"} onClick={() => save(state)}>
          Save as a file
        </button>
      </div>
    </Dialog>
  );
}

function save(state: PlaygroundState): void {
  const text = `${JSON.stringify(writtenState(state), null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "playground.json";
  link.click();
  URL.revokeObjectURL(url);
}
