import { type DirectoryJson, MOST_USERS, type UserJson } from "../contract.ts";

/** So many users are found by looking. */
const FEW = 10;

/** Who calls: a user, a machine, or nobody. Every user of the pool is found by a part of their name. */
export function Callers({
  who,
  directory,
  search,
  look,
  choose,
}: {
  readonly who: string;
  readonly directory: DirectoryJson;
  readonly search: string;
  readonly look: (search: string) => void;
  readonly choose: (who: string) => void;
}) {
  const { users, total, asked, machines } = directory;
  const isListed = asked === null || users.some(({ username }) => username === asked.username);
  const listed = isListed ? users : [asked, ...users];
  return (
    <>
      {total <= FEW ? null : (
        <label>
          Find a user
          <input
            type="search"
            placeholder="Address, group or id"
            value={search}
            onInput={(event) => look(event.currentTarget.value)}
          />
          <small role="status">{foundOf(directory)}</small>
        </label>
      )}
      <label>
        Who calls
        <select
          value={who}
          title={nameOf(listed, who)}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <optgroup label="Users">
            {listed.map((user) => (
              <option key={user.username} value={user.username}>
                {labelOf(user)}
              </option>
            ))}
          </optgroup>
          <optgroup label="Machines">
            {machines.map((name) => (
              <option key={name} value={`client:${name}`}>
                client:{name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Without a valid token">
            <option value="nobody">nobody: no token</option>
            <option value="forged">somebody with a forged token</option>
          </optgroup>
        </select>
      </label>
    </>
  );
}

/** What a search found, for the eye and for a screen reader. */
export function foundOf({ search, matching, total }: DirectoryJson): string {
  if (search !== "" && matching === 0) return `No user matches “${search}”.`;
  const all = total === 1 ? "1 user" : `${total} users`;
  const found = search === "" ? all : `${matching} of ${all} match`;
  if (matching <= MOST_USERS) return found;
  return `${found}, the newest ${MOST_USERS} are listed. Search to see others.`;
}

const nameOf = (users: readonly UserJson[], who: string) =>
  users.find(({ username }) => username === who)?.name ?? who;

function labelOf({ name, groups }: UserJson): string {
  return `${name} (${groups.length === 0 ? "no group" : groups.join(", ")})`;
}
