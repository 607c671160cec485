import { readFileSync } from "node:fs";
import { systemCodeOf } from "../../errors.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { stalenessOf } from "../../policy/verify-compiled.ts";
import { whyNotRead } from "./file-reason.ts";

/** Why a file differs from the policy as compiled now, as a clause; undefined if it does not. */
export function fileStaleness(path: string, current: CompiledPolicy): string | undefined {
  try {
    return stalenessOf(JSON.parse(readFileSync(path, "utf8")), current);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return "the file does not exist";
    return `it cannot be read: ${whyNotRead(error)}`;
  }
}
