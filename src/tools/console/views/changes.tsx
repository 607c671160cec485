import type { ChangeJson, CheckedJson } from "../contract.ts";

/** Whose access the edit would change, before it is saved. */
export function Changes({
  checked,
  errors,
}: {
  readonly checked: CheckedJson | undefined;
  readonly errors: number;
}) {
  if (checked === undefined) return null;
  const { changes, changeCount } = checked;
  return (
    <div class="changes" role="status">
      <h3>If you save this</h3>
      {changes === null ? (
        <p>
          {errors === 1 ? "One error keeps" : `${errors} errors keep`} the policy from loading: the one in
          force would stay.
        </p>
      ) : changeCount === 0 ? (
        <p>No API call is decided differently.</p>
      ) : (
        <ul>
          {changes.map((change) => (
            <Change key={`${change.subject} ${change.target}`} change={change} />
          ))}
          {changeCount > changes.length ? <li>... and {changeCount - changes.length} more</li> : null}
        </ul>
      )}
    </div>
  );
}

function Change({ change: { subject, target, before, after, effect } }: { readonly change: ChangeJson }) {
  return (
    <li>
      <span class={`badge ${effect === "gains" ? "allow" : effect === "loses" ? "deny" : "refused"}`}>
        {effect}
      </span>{" "}
      <code>{subject}</code> <code>{target}</code>
      {before === "" || after === "" ? null : (
        <span class="soft">
          {" "}
          {before} → {after}
        </span>
      )}
    </li>
  );
}
