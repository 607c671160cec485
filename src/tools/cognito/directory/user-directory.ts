import type { PoolConfig } from "../config/pool-config.ts";
import type { Store } from "./journal.ts";
import type { User } from "./user.ts";

/** Which settings of a pool decide under which names a user is found. */
type Naming = Pick<PoolConfig, "usernameAttributes" | "aliasAttributes" | "usernameCaseSensitive">;

const COLLECTION = "users";

/** The users of one pool, by every name that they sign in with. Records are replaced whole. */
export class UserDirectory {
  readonly #naming: Naming;
  readonly #store: Store;
  readonly #users = new Map<string, User>();
  /** Any name of a user -> its username. */
  readonly #names = new Map<string, string>();

  constructor(store: Store, naming: Naming) {
    this.#store = store;
    this.#naming = naming;
    // Nobody but this class writes the collection.
    for (const value of store.entries(COLLECTION).values()) this.#take(value as User);
  }

  /** The user of this name, address or `sub`. */
  find(name: string): User | undefined {
    const username = this.#names.get(this.#folded(name));
    return username === undefined ? undefined : this.#users.get(username);
  }

  /** In the order of creation. */
  all(): readonly User[] {
    return [...this.#users.values()];
  }

  /** Creates the record, or replaces the one of the same username. */
  save(user: User): void {
    this.#store.put(COLLECTION, user.username, user);
    this.#forget(user.username);
    this.#take(user);
  }

  delete(username: string): void {
    this.#store.delete(COLLECTION, username);
    this.#forget(username);
    this.#users.delete(username);
  }

  /** The attributes whose value is a name of the user: of a pool that signs in by address, or a verified alias. */
  #nameAttributes({ attributes }: User): readonly string[] {
    const aliases = this.#naming.aliasAttributes.filter(
      (name) => name === "preferred_username" || attributes[`${name}_verified`] === "true",
    );
    return [...this.#naming.usernameAttributes, ...aliases];
  }

  #namesOf(user: User): readonly string[] {
    const values = this.#nameAttributes(user).map((name) => user.attributes[name]);
    return [user.username, user.attributes["sub"], ...values].flatMap((name) =>
      name === undefined || name === "" ? [] : [this.#folded(name)],
    );
  }

  #take(user: User): void {
    this.#users.set(user.username, user);
    // An alias belongs to who proved it last.
    for (const name of this.#namesOf(user)) this.#names.set(name, user.username);
  }

  #forget(username: string): void {
    const before = this.#users.get(username);
    if (before === undefined) return;
    for (const name of this.#namesOf(before)) {
      if (this.#names.get(name) === username) this.#names.delete(name);
    }
  }

  #folded(name: string): string {
    return this.#naming.usernameCaseSensitive ? name : name.toLowerCase();
  }
}
