import type { CompiledPolicy } from "./compile.ts";

/** The part of a compiled policy for functions that only ask about e-mail addresses: its `p2` and `g3` rows. */
export function compiledAddresses({ version, files, rows }: CompiledPolicy): Omit<CompiledPolicy, "model"> {
  return { version, files, rows: rows.filter(([type]) => type === "p2" || type === "g3") };
}
