/** The local stack cannot run, and the message says why and what to do: no stack trace is worth more. */
export class StartError extends Error {
  override readonly name = "StartError";
}
