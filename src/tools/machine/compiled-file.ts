import { readFileSync } from "node:fs";
import { messageOf, systemCodeOf } from "../../errors.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { stalenessOf } from "../../policy/verify-compiled.ts";

/** Why a file does not hold the policy as compiled now, as a sentence; undefined where it does. */
export function fileStaleness(path: string, current: CompiledPolicy): string | undefined {
  try {
    return stalenessOf(JSON.parse(readFileSync(path, "utf8")), current);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return "there is no such file";
    return `it cannot be read: ${messageOf(error)}`;
  }
}
