import type { APIGatewayAuthorizerResult, APIGatewaySimpleAuthorizerWithContextResult } from "aws-lambda";
import type { CallerContext } from "../../src/authorizers/caller.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { dependencies, httpEvent, restEvent, tokenOf } from "../support/authorization.ts";

// The compiler is the judge: this file does not compile where an answer differs from what @types/aws-lambda says of
// AWS. Our answers are read-only, theirs are not. Its types of triggers are too narrow (docs/triggers.md).
type Writable<T> = T extends readonly (infer Element)[]
  ? Writable<Element>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;

const writable = <T>(answer: T): Writable<T> => structuredClone(answer) as Writable<T>;

const headers = { Authorization: `Bearer ${tokenOf("sam")}` };

test("a REST API's authorizer answers what AWS's types expect", async () => {
  const answer: APIGatewayAuthorizerResult = writable(
    await createRestAuthorizer(dependencies())(restEvent({ headers })),
  );
  expect(answer.policyDocument.Statement).toMatchObject([{ Effect: "Allow" }]);
});

test("an HTTP API's authorizer answers what AWS's types expect", async () => {
  const answer = writable(
    await createHttpAuthorizer(dependencies())(
      httpEvent({ headers: { authorization: headers.Authorization } }),
    ),
  );
  if (!answer.isAuthorized) throw new Error("denied");
  const typed: APIGatewaySimpleAuthorizerWithContextResult<Writable<CallerContext>> = answer;
  expect(typed.isAuthorized).toBe(true);
});
