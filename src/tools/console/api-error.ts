import type { ErrorJson } from "./contract.ts";

/** What the server refused, in its words. */
export class ApiError extends Error {
  readonly code: string;

  constructor({ code, message }: ErrorJson) {
    super(message);
    this.name = "ApiError";
    this.code = code;
  }
}

/** Why something failed, for the person at the page. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof Error ? `this page failed: ${error.message}` : String(error);
}
