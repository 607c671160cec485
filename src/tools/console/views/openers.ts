import { createContext } from "preact";

/** What a page does with a place or a route that it shows; without these, a link leads to the section about it. */
export interface PageOpeners {
  /** Shows `policies/roles.csv:12` in the editor. */
  readonly open?: (place: string) => void;
  /** Asks about a route. */
  readonly ask?: (route: string) => void;
}

export const Openers = createContext<PageOpeners>({});
