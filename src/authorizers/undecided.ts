/**
 * Thrown to the gateway where no decision could be made: it answers 500, which is neither an allow nor a 401.
 * It says nothing more, since gateways may log it or show it; the decision log has the code and the cause.
 */
export class UndecidedError extends Error {
  constructor() {
    super("the authorizer could not decide");
    this.name = "UndecidedError";
  }
}
