import { useState } from "preact/hooks";
import { problemOf, type Session } from "../session.ts";
import { MOST_BYTES, stateOfText } from "../state/link.ts";
import { StateError } from "../state/read-state.ts";
import { Dialog } from "./dialog.tsx";

/** Opens what was shared: a link, or a file. */
export function OpenDialog({ session, close }: { readonly session: Session; readonly close: () => void }) {
  const [link, enter] = useState("");
  return (
    <Dialog title="Open" close={close}>
      <label>
        Link, or the part of it after #
        <textarea
          rows={4}
          spellcheck={false}
          value={link}
          onInput={(event) => enter(event.currentTarget.value)}
        />
      </label>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          aria-disabled={link.trim() === ""}
          onClick={() => {
            if (link.trim() === "") return;
            session.openLink(link);
            close();
          }}
        >
          Open the link
        </button>
      </div>
      <label>
        File
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file !== undefined) void openFile(file, session).then(close);
          }}
        />
      </label>
    </Dialog>
  );
}

async function openFile(file: File, session: Session): Promise<void> {
  try {
    if (file.size > MOST_BYTES)
      throw new StateError(`it has ${file.size} bytes, expected at most ${MOST_BYTES}`);
    session.open(stateOfText(await file.text()), { kind: "file", name: file.name });
  } catch (error) {
    session.refuse(problemOf(`The file ${file.name} was not opened`, error));
  }
}
