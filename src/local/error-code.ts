/** Whether an error has this code, e.g. `ENOENT`. By shape: the errors of Node are not of every realm's `Error`. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
