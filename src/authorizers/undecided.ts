/**
 * Thrown if no decision was possible: the gateway answers 500, which is neither an allow nor a 401. The message has no
 * details, since gateways may log or show it; the decision log has the code and the cause.
 */
export class UndecidedError extends Error {
  constructor() {
    super("the authorizer could not decide");
    this.name = "UndecidedError";
  }
}
