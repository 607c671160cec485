import { systemCodeOf } from "../../errors.ts";

/** Whether an error has this code, e.g. `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return systemCodeOf(error) === code;
}
