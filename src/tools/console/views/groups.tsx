import { useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import { post } from "../api.ts";
import { reasonOf } from "../api-error.ts";
import type { GroupJson } from "../contract.ts";
import { Name, Panel, Problem } from "./parts.tsx";

/** The groups of the pool. Those that the policy names are created by the stack. */
export function Groups({
  groups,
  reload,
}: {
  readonly groups: readonly GroupJson[];
  readonly reload: () => void;
}) {
  const [error, fail] = useState("");
  const [name, type] = useState("");
  const change = async (action: "create" | "delete", group: string) => {
    try {
      await post("/api/group", { action, name: group });
      announce(`Group ${group} ${action}d`);
      fail("");
      type("");
      reload();
    } catch (cause) {
      fail(reasonOf(cause));
    }
  };
  return (
    <Panel title="Groups" className="groups">
      <Problem text={error} />
      {groups.length === 0 ? <p class="soft">No groups yet.</p> : null}
      <ul class="list">
        {groups.map((group) => (
          <li class="item group" key={group.name}>
            <Name text={group.name} />
            <span class="soft">
              {group.members === 1 ? "1 member" : `${group.members} members`}
              {group.precedence === null ? "" : `, precedence ${group.precedence}`}
            </span>
            <button
              type="button"
              class="small quiet"
              aria-label={`Delete group ${group.name}`}
              onClick={() => {
                const members = group.members === 0 ? "" : ` ${group.members} users leave it.`;
                if (confirm(`Delete the group ${group.name}?${members}`)) void change("delete", group.name);
              }}
            >
              Delete
            </button>
          </li>
        ))}
      </ul>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          void change("create", name);
        }}
      >
        <label>
          <span class="hidden">Name of a new group</span>
          <input
            placeholder="New group"
            required
            value={name}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Create</button>
      </form>
    </Panel>
  );
}
