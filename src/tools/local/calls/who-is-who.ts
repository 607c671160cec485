import { printable } from "../../text/printable.ts";
import type { Personas } from "../personas/personas.ts";
import type { LocalPool } from "../pool/local-pool.ts";
import type { ReportedCall } from "./reported-call.ts";
import { shownAddress } from "./shown-names.ts";

/** Names for the terminal: personas, app clients and, in short form, users of the local pool. */
export class WhoIsWho {
  readonly #pool: Pick<LocalPool, "plan" | "stock">;
  readonly #personas: Personas;

  constructor(pool: Pick<LocalPool, "plan" | "stock">, personas: Personas) {
    this.#pool = pool;
    this.#personas = personas;
  }

  /** The name of the caller in a token. */
  async isNamed(caller: ReportedCall["caller"]): Promise<string> {
    if (caller === undefined) return "nobody";
    if (caller === "unreadable") return "unproven";
    const { sub, client } = caller;
    if (sub === client)
      return printable(this.#pool.plan.clients.find(({ id }) => id === sub)?.name ?? "machine");
    for (const persona of this.#personas.values()) {
      if (persona.kind === "user" && persona.sub === sub) return persona.name;
    }
    return this.isCalled(sub);
  }

  /** The name of the user with this user name, address or `sub`. */
  async isCalled(name: string | undefined): Promise<string> {
    if (name === undefined) return "nobody";
    if (name.includes("@")) return shownAddress(name);
    const { stock } = this.#pool;
    const user = await stock.users.getUserByUsername(stock.context, name);
    const email = user?.Attributes.find((attribute) => attribute.Name === "email")?.Value;
    return email === undefined ? printable(name.slice(0, 8)) : shownAddress(email);
  }
}
