import type { GroupConfig } from "../config/pool-config.ts";
import type { Store } from "./journal.ts";
import type { Group } from "./user.ts";

const COLLECTION = "groups";

/** The groups of one pool. Who is in them is in the records of the users. */
export class GroupDirectory {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  find(name: string): Group | undefined {
    return this.#store.entries(COLLECTION).get(name) as Group | undefined;
  }

  all(): readonly Group[] {
    return [...this.#store.entries(COLLECTION).values()] as Group[];
  }

  save(group: Group): void {
    this.#store.put(COLLECTION, group.name, group);
  }

  delete(name: string): void {
    this.#store.delete(COLLECTION, name);
  }

  /** Creates and updates the groups of a template; others stay. @returns the names of those that are new */
  bringUpToDate(groups: readonly GroupConfig[], now: number): readonly string[] {
    const fresh = groups.filter(({ name }) => this.find(name) === undefined).map(({ name }) => name);
    for (const { name, description, precedence, roleArn } of groups) {
      const before = this.find(name);
      const same =
        before?.description === description &&
        before?.precedence === precedence &&
        before?.roleArn === roleArn;
      if (before !== undefined && same) continue;
      this.save({
        name,
        ...(description === undefined ? {} : { description }),
        ...(precedence === undefined ? {} : { precedence }),
        ...(roleArn === undefined ? {} : { roleArn }),
        createdAt: before?.createdAt ?? now,
        modifiedAt: now,
      });
    }
    return fresh;
  }
}
