import type { PoolConfig } from "../config/pool-config.ts";
import type { Store } from "./journal.ts";
import { type Claim, NameIndex } from "./name-index.ts";
import type { User } from "./user.ts";

/** Which settings of a pool decide under which names a user is found. */
type Naming = Pick<PoolConfig, "usernameAttributes" | "aliasAttributes" | "usernameCaseSensitive">;

const COLLECTION = "users";

/** The users of one pool, by every name that they sign in with. Records are replaced whole. */
export class UserDirectory {
  readonly #naming: Naming;
  readonly #store: Store;
  readonly #users = new Map<string, User>();
  /** Username -> its place in the order of creation. */
  readonly #places = new Map<string, number>();
  #nextPlace = 0;
  readonly #names = new NameIndex((username) => this.placeOf(username));
  /** Accounts of providers, by `identityKey`. */
  readonly #identities = new NameIndex((username) => this.placeOf(username));

  constructor(store: Store, naming: Naming) {
    this.#naming = naming;
    this.#store = store;
    // Nobody but this class writes the collection.
    for (const value of store.entries(COLLECTION).values()) this.#take(value as User);
  }

  /** The user of this name, address or `sub`. */
  find(name: string): User | undefined {
    const username = this.#names.ownerOf(this.#folded(name));
    return username === undefined ? undefined : this.#users.get(username);
  }

  /** The user of this `sub`; not one who has it as a username. */
  bySub(sub: string): User | undefined {
    const user = this.find(sub);
    return user?.attributes["sub"] === sub ? user : undefined;
  }

  /** The user whom an account of a provider signs in as. */
  byIdentity(providerName: string, userId: string): User | undefined {
    const username = this.#identities.ownerOf(identityKey(providerName, userId));
    return username === undefined ? undefined : this.#users.get(username);
  }

  /** In the order of creation. */
  all(): readonly User[] {
    return [...this.#users.values()];
  }

  /** The place of a user in the order of creation, of which no other gets the same in this run. */
  placeOf(username: string): number {
    return this.#places.get(username) ?? Number.POSITIVE_INFINITY;
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

  #take(user: User): void {
    this.#users.set(user.username, user);
    if (!this.#places.has(user.username)) this.#places.set(user.username, this.#nextPlace++);
    this.#names.add(user.username, this.#namesOf(user));
    this.#identities.add(user.username, identitiesOf(user));
  }

  #forgetNames(username: string): void {
    const before = this.#users.get(username);
    if (before === undefined) return;
    this.#names.remove(username, this.#namesOf(before).keys());
    this.#identities.remove(username, identitiesOf(before).keys());
  }

  #namesOf(user: User): ReadonlyMap<string, Claim> {
    const named = (names: readonly (string | undefined)[], claim: Claim) =>
      names.flatMap((name) =>
        name === undefined || name === "" ? [] : [[this.#folded(name), claim] as const],
      );
    const addresses = this.#nameAttributes(user).map((name) => user.attributes[name]);
    // The last of two equal names wins: the stronger claim.
    return new Map([
      ...named(addresses, "address"),
      ...named([user.username, user.attributes["sub"]], "own"),
    ]);
  }

  /**
   * The attributes whose value is a name of the user: of a pool that signs in by address, or a verified alias. Users
   * who sign in by a provider alone have none: somebody else may have the address.
   */
  #nameAttributes({ attributes, status }: User): readonly string[] {
    if (status === "EXTERNAL_PROVIDER") return [];
    const aliases = this.#naming.aliasAttributes.filter(
      (name) => name === "preferred_username" || attributes[`${name}_verified`] === "true",
    );
    return [...this.#naming.usernameAttributes, ...aliases];
  }

  #folded(name: string): string {
    return this.#naming.usernameCaseSensitive ? name : name.toLowerCase();
  }
}

const identityKey = (providerName: string, userId: string) => JSON.stringify([providerName, userId]);

const identitiesOf = ({ identities }: User): ReadonlyMap<string, Claim> =>
  new Map(identities.map(({ providerName, userId }) => [identityKey(providerName, userId), "address"]));
