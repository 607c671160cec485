import type { UserJson } from "../contract.ts";

/** What keeps a user from signing in. */
export function Badges({ user: { status, enabled } }: { readonly user: UserJson }) {
  return (
    <span class="badges">
      {enabled ? null : <span class="badge deny">disabled</span>}
      {status === "CONFIRMED" ? null : (
        <span class="badge refused">{status.toLowerCase().replaceAll("_", " ")}</span>
      )}
    </span>
  );
}
