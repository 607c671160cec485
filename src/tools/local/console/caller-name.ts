import type { ReportedCall } from "../calls/reported-call.ts";
import type { ConsoleStack } from "./console-stack.ts";

/** Who a token names, in full: the page is for the person who runs the stack. */
export function callerName(
  stack: Pick<ConsoleStack, "pool" | "personas">,
  caller: ReportedCall["caller"],
): string {
  if (caller === undefined) return "nobody";
  if (caller === "unreadable") return "unproven";
  const { sub, client } = caller;
  if (sub === client) {
    const machine = stack.pool.config.clients.find(({ id }) => id === sub);
    return machine === undefined ? "machine" : `client:${machine.name}`;
  }
  return nameOf(stack, sub);
}

/** The address of the user of this name, or a sample user's. */
export function nameOf(
  { pool, personas }: Pick<ConsoleStack, "pool" | "personas">,
  name: string | undefined,
): string {
  if (name === undefined) return "nobody";
  const email = pool.users.find(name)?.attributes["email"];
  if (email !== undefined) return email;
  for (const persona of personas.values()) {
    if (persona.kind === "user" && persona.sub === name) return persona.email;
  }
  return name;
}
