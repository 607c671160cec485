import { createRestTokenAuthorizer } from "../../../../../../src/authorizers/rest-token.ts";
import { parseRows } from "../../../../../../src/policy/parse.ts";
import { wholeApiSizeUnproven } from "../../../../../../src/tools/lint/rules/service/whole-api-size-unproven.ts";
import { wholeApiTooLarge } from "../../../../../../src/tools/lint/rules/service/whole-api-too-large.ts";
import { answerSize } from "../../../../../../src/tools/lint/whole-api.ts";
import { dependencies, restTokenEvent, tokenOf } from "../../../../../support/authorization.ts";
import { policyFrom } from "../../../../../support/policy.ts";
import { atLine, authorizer, found } from "./support.ts";

const whole = { authorizers: [authorizer({ gateway: "rest", wholeApi: true, at: atLine(9) })] };
const perRequest = { authorizers: [authorizer({ gateway: "rest" })] };

const routes = (count: number, length = 20) =>
  Array.from({ length: count }, (_, index) => {
    const name = `${index}`.padStart(length - 1, "x");
    return `g2, POST /${name}, orders:write`;
  }).join("\n");

describe("whole-api-too-large", () => {
  it("finds a route whose resource could be longer than API Gateway takes, at its row", () => {
    const long = `g2, POST /${"x".repeat(420)}, orders:write`;
    expect(found(wholeApiTooLarge, long, whole)).toEqual([
      expect.stringMatching(
        /^policies\/test\.csv:1:5: .* in up to 528 characters, but API Gateway accepts at most 512; set `CLAIMGATE_WHOLE_API_ANSWER`/,
      ),
    ]);
    expect(found(wholeApiTooLarge, `g2, POST /${"x".repeat(400)}, orders:write`, whole)).toEqual([]);
    expect(found(wholeApiTooLarge, long, perRequest)).toEqual([]);
  });

  it("finds an answer that is larger than a function may give, at the authorizer", () => {
    const csv = routes(13_000, 400);
    expect(found(wholeApiTooLarge, csv, whole)).toEqual([
      expect.stringMatching(
        /^serverless\.yml:9:1: .* can have \d+ bytes, but a function may answer with at most 6291456/,
      ),
    ]);
    expect(found(wholeApiTooLarge, routes(300), whole)).toEqual([]);
  });
});

describe("whole-api-size-unproven", () => {
  it("finds an answer that is larger than any that is documented", () => {
    expect(found(wholeApiSizeUnproven, routes(300), whole)).toEqual([
      expect.stringMatching(/^serverless\.yml:9:1: .* in up to \d+ bytes; .* more than 8192/),
    ]);
    expect(found(wholeApiSizeUnproven, routes(20), whole)).toEqual([]);
    expect(found(wholeApiSizeUnproven, routes(300), perRequest)).toEqual([]);
  });
});

it("no answer is larger than what is reckoned with", async () => {
  const roles = Array.from({ length: 50 }, (_, index) => `g, group:customers, role:r${index}`).join("\n");
  const csv = `${routes(300)}\n${roles}\np, group:customers, orders:write, allow`;
  const { whole: most, routes: named } = answerSize(parseRows("test.csv", csv).rows);
  const authorize = createRestTokenAuthorizer(dependencies({ policy: () => policyFrom(csv) }), {
    wholeApi: true,
  });
  const answer = await authorize(restTokenEvent({ token: `Bearer ${tokenOf("alice")}` }));
  const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
  expect(bytesOf(answer)).toBeLessThan(most);
  const resources = bytesOf(answer.policyDocument.Statement.flatMap(({ Resource }) => Resource));
  expect(resources).toBeLessThan(named);
  expect(resources).toBeGreaterThan(named / 2);
});
