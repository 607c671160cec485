import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import { post } from "../api.ts";
import { reasonOf } from "../api-error.ts";
import type { GroupJson, SignedInJson, UserJson } from "../contract.ts";
import { hashOf } from "../models/page-place.ts";
import { Panel, Problem, Time } from "./parts.tsx";
import { TokenPair } from "./token-pair.tsx";
import { Badges } from "./user-badges.tsx";

const DONE: Readonly<Record<string, string>> = {
  confirm: "confirmed",
  enable: "enabled",
  disable: "disabled and signed out",
  delete: "deleted",
  signOut: "signed out everywhere",
  join: "put in",
  leave: "taken out of",
};

/** One user: groups, actions, attributes, and the tokens of a sign-in as this user. */
export function UserDetail({
  user,
  groups,
  reload,
  isAsked,
}: {
  readonly user: UserJson;
  readonly groups: readonly GroupJson[];
  readonly reload: () => void;
  /** The reader chose this user, and did not just come to the section. */
  readonly isAsked: boolean;
}) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the user is below the list.
    if (isAsked && matchMedia("(max-width: 60rem)").matches) top.current?.scrollIntoView({ block: "start" });
  }, [isAsked]);
  const [error, fail] = useState("");
  const [signedIn, show] = useState<SignedInJson>();
  const { username, name } = user;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      fail("");
    } catch (cause) {
      fail(reasonOf(cause));
    }
  };
  const act = (action: string, group?: string) =>
    attempt(async () => {
      await post("/api/user", { username, action, group });
      announce(`${name} ${DONE[action] ?? action}${group === undefined ? "" : ` ${group}`}`);
      reload();
    });
  const signIn = () =>
    attempt(async () => {
      show(await post<SignedInJson>("/api/sign-in", { username }));
      announce(`Signed in as ${name}`);
    });
  return (
    <div class="stack detail" ref={top}>
      <Panel title={name} actions={<Badges user={user} />}>
        <Problem text={error} />
        <div class="buttons">
          <button type="button" class="primary" onClick={() => void signIn()}>
            Sign in as
          </button>
          <a class="button" href={hashOf("try", { who: username })}>
            Try a route
          </a>
          {user.status === "UNCONFIRMED" ? (
            <button type="button" onClick={() => void act("confirm")}>
              Confirm
            </button>
          ) : null}
          <button type="button" onClick={() => void act(user.enabled ? "disable" : "enable")}>
            {user.enabled ? "Disable" : "Enable"}
          </button>
          <button type="button" onClick={() => void act("signOut")}>
            Sign out everywhere
          </button>
          <button
            type="button"
            class="danger"
            onClick={() => {
              if (confirm(`Delete ${name}?`)) void act("delete");
            }}
          >
            Delete
          </button>
        </div>
        <fieldset class="toggles many">
          <legend>Groups</legend>
          {groups.length === 0 ? <span class="soft">The pool has no groups.</span> : null}
          {groups.map(({ name: group }) => (
            <label key={group}>
              <input
                type="checkbox"
                checked={user.groups.includes(group)}
                onChange={(event) => void act(event.currentTarget.checked ? "join" : "leave", group)}
              />
              {group}
            </label>
          ))}
        </fieldset>
        <Attributes user={user} />
      </Panel>
      {signedIn === undefined ? null : <TokenPair issued={signedIn} jwt={signedIn.jwt} />}
    </div>
  );
}

function Attributes({ user }: { readonly user: UserJson }) {
  const entries = Object.entries(user.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <details>
      <summary>
        {entries.length} attributes, created <Time at={user.createdAt} />
      </summary>
      <dl class="facts">
        {[
          ["username", user.username] as const,
          ...entries,
          ...(user.mfa.length === 0 ? [] : [["MFA", user.mfa.join(", ")] as const]),
          ...(user.identities.length === 0 ? [] : [["linked", user.identities.join(", ")] as const]),
        ].map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
