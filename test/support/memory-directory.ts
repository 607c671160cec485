import {
  type Account,
  type AccountDirectory,
  type ExternalIdentity,
  type GroupDirectory,
  MARKER_ATTRIBUTE,
  type PoolUser,
} from "../../src/triggers/directory.ts";

/** A user pool of one user in memory, which notes what it was asked and fails where a test wants it to. */
export interface MemoryDirectory extends GroupDirectory, AccountDirectory {
  readonly calls: string[];
  readonly groups: Set<string>;
  readonly attributes: Record<string, string>;
  readonly links: { readonly account: PoolUser; readonly identity: ExternalIdentity }[];
}

export interface MemoryDirectoryOptions {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly status?: string;
  readonly groups?: readonly string[];
  readonly accounts?: readonly Account[];
  /** The calls that fail, such as `add staff`, `read`, `mark`, `find`, `link`. */
  readonly failing?: readonly string[];
  /** The calls that never answer. */
  readonly hanging?: readonly string[];
}

export function memoryDirectory(options: MemoryDirectoryOptions = {}): MemoryDirectory {
  const calls: string[] = [];
  const groups = new Set(options.groups);
  const attributes: Record<string, string> = { ...options.attributes };
  const links: { account: PoolUser; identity: ExternalIdentity }[] = [];
  const asked = async (call: string): Promise<void> => {
    calls.push(call);
    if (options.hanging?.includes(call) === true) await new Promise(() => undefined);
    if (options.failing?.includes(call) === true) throw new Error(`no ${call}`);
  };
  return {
    calls,
    groups,
    attributes,
    links,
    async readUser() {
      await asked("read");
      return { attributes: { ...attributes }, status: options.status ?? "CONFIRMED" };
    },
    async addToGroup(_user, group) {
      await asked(`add ${group}`);
      groups.add(group);
    },
    async writeMarker(_user, value) {
      await asked("mark");
      attributes[MARKER_ATTRIBUTE] = value;
    },
    async findByEmail() {
      await asked("find");
      return options.accounts ?? [];
    },
    async findByPhone() {
      await asked("find phone");
      return options.accounts ?? [];
    },
    async link(account, identity) {
      await asked("link");
      links.push({ account, identity });
    },
  };
}
