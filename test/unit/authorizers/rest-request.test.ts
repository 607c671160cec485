import { MAX_ARN_LENGTH } from "../../../src/authorizers/method-arn.ts";
import { createRestAuthorizer, decodeRestEvent } from "../../../src/authorizers/rest-request.ts";
import { UndecidedError } from "../../../src/authorizers/undecided.ts";
import { ClaimgateError } from "../../../src/errors.ts";
import { dependencies, restEvent, tokenOf } from "../../support/authorization.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const bearer = (name: string) => ({ Authorization: `Bearer ${tokenOf(name)}` });
const ARN = "arn:aws:execute-api:us-east-1:111122223333:def456/dev/GET";

const statement = (effect: string, resource: string) => ({
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: [resource] }],
  },
});

describe("the REST API authorizer", () => {
  test("allows exactly the method that was asked for, with a context", async () => {
    const answer = await createRestAuthorizer(dependencies())(restEvent({ headers: bearer("alice") }));

    expect(answer).toMatchObject({
      principalId: "11111111-1111-4111-8111-000000000001",
      ...statement("Allow", `${ARN}/orders/order-1`),
      context: { kind: "user", roles: "authenticated customer", permission: "orders:read" },
    });
  });

  test("denies explicitly, without a context", async () => {
    const answer = await createRestAuthorizer(dependencies())(restEvent({ headers: bearer("nobody") }));

    expect(answer).toEqual({
      principalId: "11111111-1111-4111-8111-000000000008",
      ...statement("Deny", `${ARN}/orders/order-1`),
    });
  });

  test("throws exactly `Unauthorized` for a missing or bad token: that is a 401", async () => {
    const authorizer = createRestAuthorizer(dependencies());
    await expect(authorizer(restEvent())).rejects.toEqual(new Error("Unauthorized"));
    await expect(authorizer(restEvent({ headers: { Authorization: "Bearer x.y.z" } }))).rejects.toEqual(
      new Error("Unauthorized"),
    );
  });

  test("throws something else where nothing could be decided: that is a 500", async () => {
    const deps = dependencies({ verify: () => Promise.reject(new ClaimgateError("keys_unavailable", "x")) });
    await expect(createRestAuthorizer(deps)(restEvent({ headers: bearer("alice") }))).rejects.toEqual(
      new UndecidedError(),
    );
  });

  test("refuses two Authorization headers", async () => {
    const values = [`Bearer ${tokenOf("alice")}`, `Bearer ${tokenOf("ada")}`];
    const event = restEvent({ multiValueHeaders: { Authorization: values } });
    await expect(createRestAuthorizer(dependencies())(event)).rejects.toEqual(new Error("Unauthorized"));
  });

  test.each(["*", "?", "$"])("never names an ARN with `%s`, and denies", async (character) => {
    const path = `/orders/a${character}`;
    const answer = await createRestAuthorizer(dependencies())(restEvent({ path, headers: bearer("alice") }));
    expect(answer).toMatchObject(statement("Deny", "*"));
  });

  test("denies where the ARN is longer than an answer may name, and says so in the log", async () => {
    const deps = dependencies();
    const fill = (length: number) => `/orders/${"9".repeat(length - `${ARN}/orders/`.length)}`;
    const ask = (path: string) => createRestAuthorizer(deps)(restEvent({ path, headers: bearer("alice") }));

    expect(await ask(fill(MAX_ARN_LENGTH))).toMatchObject(statement("Allow", ARN + fill(MAX_ARN_LENGTH)));
    expect(await ask(fill(MAX_ARN_LENGTH + 1))).toMatchObject(statement("Deny", "*"));
    expect(deps.records.at(-1)).toMatchObject({
      kind: "decided",
      decided: { by: "refusal", error: { code: "request_arn_too_long" } },
    });
  });

  test("a colon in the path stays in the ARN", async () => {
    const path = "/orders/a:b:c";
    const answer = await createRestAuthorizer(dependencies())(restEvent({ path, headers: bearer("alice") }));
    expect(answer).toMatchObject(statement("Allow", ARN + path));
  });

  test.each([
    "arn:aws-cn:execute-api:cn-north-1:1:a/dev/GET/",
    "arn:aws-us-gov:execute-api:us-gov-west-1:1:a/dev/GET/x",
  ])("reads the ARN %s", (methodArn) => {
    expect(decodeRestEvent(restEvent({ methodArn })).obstacle).toBeUndefined();
  });

  test.each([
    ["of another type", { ...restEvent(), type: "TOKEN" }],
    ["without an ARN", { ...restEvent(), methodArn: undefined }],
    ["with an ARN of something else", restEvent({ methodArn: "arn:aws:s3:::bucket/dev/GET/x" })],
    ["with an ARN that is a wildcard", restEvent({ methodArn: "*" })],
    ["without a resource", { ...restEvent(), resource: null }],
    ["that is null", null],
  ])("an event %s is malformed", (_what, event) => {
    expect(codeThrownBy(() => decodeRestEvent(event))).toBe("request_malformed");
  });
});
