/** How strongly a user holds a name: its username and `sub` before an address. */
export type Claim = "own" | "address";

/**
 * Names of users, and who claims them. Where two users claim one name, which operations prevent, it belongs to who has
 * it as username, else to who was created first: so it is the same after a restart.
 */
export class NameIndex {
  readonly #claims = new Map<string, Map<string, Claim>>();
  /** The place of a username in the order of creation. */
  readonly #place: (username: string) => number;

  constructor(place: (username: string) => number) {
    this.#place = place;
  }

  /** The username of the user whose name it is. */
  ownerOf(name: string): string | undefined {
    const claims = this.#claims.get(name);
    if (claims === undefined) return undefined;
    const [owner] = claims.size === 1 ? claims.keys() : this.#ranked(claims);
    return owner;
  }

  add(username: string, names: ReadonlyMap<string, Claim>): void {
    for (const [name, claim] of names) {
      const claims = this.#claims.get(name) ?? new Map<string, Claim>();
      this.#claims.set(name, claims.set(username, claim));
    }
  }

  remove(username: string, names: Iterable<string>): void {
    for (const name of names) {
      const claims = this.#claims.get(name);
      claims?.delete(username);
      if (claims?.size === 0) this.#claims.delete(name);
    }
  }

  #ranked(claims: ReadonlyMap<string, Claim>): readonly string[] {
    const rank = (claim: Claim) => (claim === "own" ? 0 : 1);
    return [...claims]
      .sort(
        ([a, claimOfA], [b, claimOfB]) => rank(claimOfA) - rank(claimOfB) || this.#place(a) - this.#place(b),
      )
      .map(([username]) => username);
  }
}
