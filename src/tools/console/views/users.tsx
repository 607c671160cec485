import { useState } from "preact/hooks";
import type { DirectoryJson, StackJson, UserJson } from "../contract.ts";
import { useServer } from "../live.ts";
import { hashOf } from "../models/page-place.ts";
import { Groups } from "./groups.tsx";
import { NewUser } from "./new-user.tsx";
import { Empty, Panel, Problem } from "./parts.tsx";
import { Badges } from "./user-badges.tsx";
import { UserDetail } from "./user-detail.tsx";

/** The users and groups of the pool, and what can be done to them. */
export function Users({
  about,
  stack,
}: {
  readonly about: Readonly<Record<string, string>>;
  readonly stack: StackJson;
}) {
  const [search, look] = useState("");
  const [creating, create] = useState(false);
  const path = `/api/directory?search=${encodeURIComponent(search)}`;
  const { value, error, reload } = useServer<DirectoryJson>(path, "pool");
  const chosen = value?.users.find(({ username }) => username === about["user"]) ?? value?.users[0];
  return (
    <div class="two-panes users">
      <Panel
        title="Users"
        actions={
          <button type="button" class="primary" onClick={() => create(true)}>
            New user
          </button>
        }
      >
        <label class="search">
          <span class="hidden">Search users</span>
          <input
            type="search"
            placeholder="Search by address, group or id"
            value={search}
            onInput={(event) => look(event.currentTarget.value)}
          />
        </label>
        <Problem text={error} />
        {value === undefined ? null : (
          <UserList directory={value} chosen={chosen} search={search} stack={stack} />
        )}
      </Panel>
      {value === undefined || chosen === undefined ? null : (
        <UserDetail
          key={chosen.username}
          user={chosen}
          groups={value.groups}
          reload={reload}
          isAsked={chosen.username === about["user"]}
        />
      )}
      {value === undefined ? null : <Groups groups={value.groups} reload={reload} />}
      {creating ? (
        <NewUser
          groups={value?.groups ?? []}
          close={() => create(false)}
          created={({ username }) => {
            create(false);
            look("");
            reload();
            location.hash = hashOf("users", { user: username });
          }}
        />
      ) : null}
    </div>
  );
}

function UserList({
  directory: { users, matching, total },
  chosen,
  search,
  stack,
}: {
  readonly directory: DirectoryJson;
  readonly chosen: UserJson | undefined;
  readonly search: string;
  readonly stack: StackJson;
}) {
  if (total === 0) {
    return (
      <Empty>
        <p>The pool has no users yet.</p>
        <p>
          Create one here
          {stack.signIn === null ? null : (
            <>
              , or sign up at the{" "}
              <a href={stack.signIn} target="_blank" rel="noreferrer">
                sign-in page
              </a>
            </>
          )}
          : the triggers run as they do on AWS.
        </p>
      </Empty>
    );
  }
  if (matching === 0) return <Empty>No user matches “{search}”.</Empty>;
  return (
    <>
      <ul class="list" aria-label="Users">
        {users.map((user) => (
          <li key={user.username}>
            <a
              class="item"
              href={hashOf("users", { user: user.username })}
              aria-current={user.username === chosen?.username ? "true" : undefined}
            >
              <span class="name">{user.name}</span>
              <Badges user={user} />
              <span class="soft">{user.groups.length === 0 ? "no group" : user.groups.join(", ")}</span>
            </a>
          </li>
        ))}
      </ul>
      {matching > users.length ? (
        <p class="soft">
          The newest {users.length} of {matching} users. Search to see others.
        </p>
      ) : null}
    </>
  );
}
