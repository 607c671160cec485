/** The listeners for an event. */
export class Listeners<Told> {
  readonly #listeners = new Set<(told: Told) => void>();

  /** @returns removes the listener */
  add(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(told: Told): void {
    for (const listener of this.#listeners) listener(told);
  }
}
