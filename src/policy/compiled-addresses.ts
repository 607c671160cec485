import type { CompiledPolicy } from "./compile.ts";

/** What functions need that decide on e-mail addresses only. */
export type CompiledAddresses = Pick<CompiledPolicy, "version" | "files" | "rows">;

/** The part of a compiled policy for functions that only ask about e-mail addresses: its `p2` and `g3` rows. */
export function compiledAddresses({ version, files, rows }: CompiledPolicy): CompiledAddresses {
  return { version, files, rows: rows.filter(([type]) => type === "p2" || type === "g3") };
}
