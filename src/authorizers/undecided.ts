/**
 * Thrown if no decision was possible: the gateway answers 500, which is neither an allow nor a 401. The message has no
 * details, since gateways may log or show it; the decision log has the code and the cause.
 *
 * @example
 * import { createHttpAuthorizer, UndecidedError } from "claimgate/authorizers";
 *
 * const decide = createHttpAuthorizer(dependencies);
 *
 * export async function handler(event: unknown) {
 *   try {
 *     return await decide(event);
 *   } catch (error) {
 *     if (error instanceof UndecidedError) console.error("see the decision log");
 *     throw error;
 *   }
 * }
 */
export class UndecidedError extends Error {
  static {
    // `sls invoke local` prints the name of the class, which is minified.
    Object.defineProperty(UndecidedError, "name", { value: "UndecidedError" });
  }

  constructor() {
    super("the authorizer could not decide");
    this.name = "UndecidedError";
  }
}
