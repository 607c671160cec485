import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import { post } from "../api.ts";
import { reasonOf } from "../api-error.ts";
import type { GroupJson, UserJson } from "../contract.ts";
import { Problem } from "./parts.tsx";

/** A dialog that creates a user as an administrator does. */
export function NewUser({
  groups,
  close,
  created,
}: {
  readonly groups: readonly GroupJson[];
  readonly close: () => void;
  readonly created: (user: UserJson) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [error, fail] = useState("");
  const [busy, work] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    work(true);
    try {
      const user = await post<UserJson>("/api/users", {
        name: form.get("name"),
        password: form.get("password"),
        groups: form.getAll("groups"),
      });
      announce(`${user.name} created`);
      // Closing gives the focus back to the button that opened it.
      dialog.current?.close();
      created(user);
    } catch (cause) {
      fail(reasonOf(cause));
      work(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby="new-user" onClose={close}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="new-user">New user</h2>
        <Problem text={error} />
        <label>
          E-mail address
          <input name="name" required autocomplete="off" autocapitalize="none" spellcheck={false} />
          <small>The pre-sign-up trigger decides on it, as for AdminCreateUser on AWS.</small>
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="new-password" />
          <small>Leave it empty to only sign in as this user from the console.</small>
        </label>
        {groups.length === 0 ? null : (
          <fieldset class="many">
            <legend>Groups</legend>
            {groups.map(({ name }) => (
              <label class="check" key={name}>
                <input type="checkbox" name="groups" value={name} /> {name}
              </label>
            ))}
          </fieldset>
        )}
        <div class="buttons">
          <button type="submit" class="primary" aria-disabled={busy}>
            Create
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
