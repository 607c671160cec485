/** A request of the page that cannot be answered, in words for the person at it. */
export class ConsoleError extends Error {
  readonly status: number;
  /** For the page: `restarting`, `conflict` ... */
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConsoleError";
    this.status = status;
    this.code = code;
  }
}

/** @throws ConsoleError 400, for a request that only another page than ours sends */
export function badRequest(message: string): ConsoleError {
  return new ConsoleError(400, "request", message);
}
