import { proveKind } from "../../../src/token/verified-token.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const PARSED = {
  sub: "user-1",
  clientId: "client-1",
  username: undefined,
  groups: ["customers"],
  scopes: ["api/read"],
  audience: [],
  issuedAt: 1,
  expiresAt: 2,
};

const issuedTo = (client: string) => ({ userPoolId: "eu-west-1_Pool", poolAlias: "legacy", client });
const ISSUED = { userPoolId: "eu-west-1_Pool", poolAlias: "legacy", issuedAt: 1, expiresAt: 2 };

describe("what a token proves", () => {
  test("a token with a username is a user's", () => {
    expect(proveKind({ ...PARSED, username: "alice" }, issuedTo("web"), {})).toEqual({
      kind: "user",
      ...ISSUED,
      sub: "user-1",
      clientId: "client-1",
      client: "web",
      groups: ["customers"],
      scopes: ["api/read"],
      claims: {},
    });
  });

  test("a token without a username whose sub is its client is a machine's, and its groups are ignored", () => {
    expect(proveKind({ ...PARSED, sub: "client-1" }, issuedTo("reporting"), {})).toEqual({
      kind: "machine",
      ...ISSUED,
      sub: "client-1",
      clientId: "client-1",
      client: "reporting",
      scopes: ["api/read"],
      claims: {},
    });
  });

  test("a token with a username stays a user's, even if its sub were a client id", () => {
    expect(proveKind({ ...PARSED, sub: "client-1", username: "alice" }, issuedTo("web"), {}).kind).toBe(
      "user",
    );
  });

  test("a token that is neither is refused: a guess would give away rights", () => {
    expect(codeThrownBy(() => proveKind(PARSED, issuedTo("web"), {}))).toBe("token_claims_invalid");
  });
});
