import { useState } from "preact/hooks";
import type { DirectoryJson, StackJson, UserJson } from "../contract.ts";
import { useServer } from "../live.ts";
import { directoryPath } from "../models/directory-path.ts";
import { hashOf } from "../models/page-place.ts";
import { foundOf } from "./callers.tsx";
import { ChoiceList, tabStop } from "./choice-list.tsx";
import { Groups } from "./groups.tsx";
import { NewUser } from "./new-user.tsx";
import { Empty, Name, Panel, Problem } from "./parts.tsx";
import { Badges } from "./user-badges.tsx";
import { UserDetail } from "./user-detail.tsx";

/** The user of the address of the page; while the reader searches, one that fits. */
function chosenOf({ users, asked, search }: DirectoryJson, name: string | undefined): UserJson | undefined {
  const listed = users.find(({ username }) => username === name);
  return listed ?? (search === "" && asked !== null ? asked : users[0]);
}

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
  const path = directoryPath(search, about["user"]);
  const { value, error, reload } = useServer<DirectoryJson>(path, "pool");
  const chosen = value === undefined ? undefined : chosenOf(value, about["user"]);
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
        {value === undefined ? null : <UserList directory={value} chosen={chosen} stack={stack} />}
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
  directory,
  chosen,
  stack,
}: {
  readonly directory: DirectoryJson;
  readonly chosen: UserJson | undefined;
  readonly stack: StackJson;
}) {
  const { users, total } = directory;
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
  const reached = users.find(({ username }) => username === chosen?.username) ?? users[0];
  return (
    <>
      <p class="soft" role="status">
        {foundOf(directory)}
      </p>
      <ChoiceList label="Users">
        {users.map((user) => (
          <li key={user.username}>
            <a
              class="item"
              href={hashOf("users", { user: user.username })}
              tabIndex={tabStop(user === reached)}
              aria-current={user.username === chosen?.username ? "true" : undefined}
            >
              <Name text={user.name} />
              <Badges user={user} />
              <span class="soft clamped" title={groupsOf(user)}>
                {groupsOf(user)}
              </span>
            </a>
          </li>
        ))}
      </ChoiceList>
    </>
  );
}

const groupsOf = ({ groups }: UserJson) => (groups.length === 0 ? "no group" : groups.join(", "));
