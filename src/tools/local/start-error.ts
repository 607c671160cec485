/** The local stack cannot run. The message says why and what to do, so no stack trace is printed. */
export class StartError extends Error {
  override readonly name = "StartError";
}
