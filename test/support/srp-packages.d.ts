// What the tests use of two clients: one has no types, and those of the other leave these classes out.

declare module "amazon-user-pool-srp-client" {
  export class SRPClient {
    constructor(poolName: string);
    calculateA(): string;
    getPasswordAuthenticationKey(username: string, password: string, serverB: string, salt: string): unknown;
  }
  export function calculateSignature(
    key: unknown,
    poolName: string,
    username: string,
    secretBlock: string,
    timestamp: string,
  ): string;
  export function getNowString(): string;
}

declare module "amazon-cognito-identity-js/lib/BigInteger.js" {
  export default class BigInteger {
    constructor(text: string, radix: number);
    toString(radix: number): string;
  }
}

declare module "amazon-cognito-identity-js/lib/AuthenticationHelper.js" {
  import type BigInteger from "amazon-cognito-identity-js/lib/BigInteger.js";

  export default class AuthenticationHelper {
    constructor(poolName: string);
    getLargeAValue(callback: (error: Error | null, value: BigInteger) => void): void;
    getPasswordAuthenticationKey(
      username: string,
      password: string,
      serverB: BigInteger,
      salt: BigInteger,
      callback: (error: Error | null, key: Uint8Array) => void,
    ): void;
  }
}
