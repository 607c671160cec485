import type { PoolConfig } from "../config/pool-config.ts";
import type { Store } from "./journal.ts";
import type { User } from "./user.ts";

/** Which settings of a pool decide under which names a user is found. */
type Naming = Pick<PoolConfig, "usernameAttributes" | "aliasAttributes" | "usernameCaseSensitive">;

const COLLECTION = "users";

/** How strongly a user holds a name: its username and `sub` before an address. */
type Claim = "own" | "address";

/**
 * The users of one pool, by every name that they sign in with. Records are replaced whole. Where two users claim one
 * name, which operations prevent, it is who has it as username, else who was created first: the same after a restart.
 */
export class UserDirectory {
  readonly #naming: Naming;
  readonly #store: Store;
  readonly #users = new Map<string, User>();
  /** Username -> its place in the order of creation. */
  readonly #places = new Map<string, number>();
  #nextPlace = 0;
  /** Any name of a user -> the usernames of those who claim it. */
  readonly #claims = new Map<string, Map<string, Claim>>();

  constructor(store: Store, naming: Naming) {
    this.#naming = naming;
    this.#store = store;
    // Nobody but this class writes the collection.
    for (const value of store.entries(COLLECTION).values()) this.#take(value as User);
  }

  /** The user of this name, address or `sub`. */
  find(name: string): User | undefined {
    const claims = this.#claims.get(this.#folded(name));
    if (claims === undefined) return undefined;
    const [best] = claims.size === 1 ? claims.keys() : this.#ranked(claims);
    return best === undefined ? undefined : this.#users.get(best);
  }

  /** In the order of creation. */
  all(): readonly User[] {
    return [...this.#users.values()];
  }

  /** How many users there are. */
  get size(): number {
    return this.#users.size;
  }

  /** Creates the record, or replaces the one of the same username. */
  save(user: User): void {
    this.#store.put(COLLECTION, user.username, user);
    this.#forgetNames(user.username);
    this.#take(user);
  }

  delete(username: string): void {
    this.#store.delete(COLLECTION, username);
    this.#forgetNames(username);
    this.#users.delete(username);
    this.#places.delete(username);
  }

  #ranked(claims: ReadonlyMap<string, Claim>): readonly string[] {
    const place = (username: string) => this.#places.get(username) ?? Number.POSITIVE_INFINITY;
    const rank = (claim: Claim) => (claim === "own" ? 0 : 1);
    return [...claims]
      .sort(([a, claimA], [b, claimB]) => rank(claimA) - rank(claimB) || place(a) - place(b))
      .map(([username]) => username);
  }

  /** The attributes whose value is a name of the user: of a pool that signs in by address, or a verified alias. */
  #nameAttributes({ attributes }: User): readonly string[] {
    const aliases = this.#naming.aliasAttributes.filter(
      (name) => name === "preferred_username" || attributes[`${name}_verified`] === "true",
    );
    return [...this.#naming.usernameAttributes, ...aliases];
  }

  #namesOf(user: User): ReadonlyMap<string, Claim> {
    const named = (names: readonly (string | undefined)[], claim: Claim) =>
      names.flatMap((name) =>
        name === undefined || name === "" ? [] : [[this.#folded(name), claim] as const],
      );
    const addresses = this.#nameAttributes(user).map((name) => user.attributes[name]);
    // A later pair of a name wins: its own names last.
    return new Map([
      ...named(addresses, "address"),
      ...named([user.username, user.attributes["sub"]], "own"),
    ]);
  }

  #take(user: User): void {
    this.#users.set(user.username, user);
    if (!this.#places.has(user.username)) this.#places.set(user.username, this.#nextPlace++);
    for (const [name, claim] of this.#namesOf(user)) {
      const claims = this.#claims.get(name) ?? new Map<string, Claim>();
      this.#claims.set(name, claims.set(user.username, claim));
    }
  }

  #forgetNames(username: string): void {
    const before = this.#users.get(username);
    if (before === undefined) return;
    for (const name of this.#namesOf(before).keys()) {
      const claims = this.#claims.get(name);
      claims?.delete(username);
      if (claims?.size === 0) this.#claims.delete(name);
    }
  }

  #folded(name: string): string {
    return this.#naming.usernameCaseSensitive ? name : name.toLowerCase();
  }
}
