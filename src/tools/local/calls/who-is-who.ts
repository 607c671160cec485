import type { Pool } from "../../cognito/pool.ts";
import { printable } from "../../text/printable.ts";
import type { Personas } from "../personas/personas.ts";
import type { ReportedCall } from "./reported-call.ts";
import { shownAddress } from "./shown-names.ts";

/** Names for the terminal: personas, app clients and, in short form, users of the local pool. */
export class WhoIsWho {
  readonly #pool: Pick<Pool, "config" | "users">;
  readonly #personas: Personas;

  constructor(pool: Pick<Pool, "config" | "users">, personas: Personas) {
    this.#pool = pool;
    this.#personas = personas;
  }

  /** The name of the caller in a token. */
  isNamed(caller: ReportedCall["caller"]): string {
    if (caller === undefined) return "nobody";
    if (caller === "unreadable") return "unproven";
    const { sub, client } = caller;
    if (sub === client)
      return printable(this.#pool.config.clients.find(({ id }) => id === sub)?.name ?? "machine");
    for (const persona of this.#personas.values()) {
      if (persona.kind === "user" && persona.sub === sub) return persona.name;
    }
    return this.isCalled(sub);
  }

  /** The name of the user with this user name, address or `sub`. */
  isCalled(name: string | undefined): string {
    if (name === undefined) return "nobody";
    if (name.includes("@")) return shownAddress(name);
    const email = this.#pool.users.find(name)?.attributes["email"];
    return email === undefined ? printable(name.slice(0, 8)) : shownAddress(email);
  }
}
