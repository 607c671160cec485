import { cacheReusesAnswers } from "../../../../../../src/tools/lint/rules/service/cache-reuses-answers.ts";
import { wholeApiInexpressible } from "../../../../../../src/tools/lint/rules/service/whole-api-inexpressible.ts";
import { authorizer, found } from "./support.ts";

const NESTED = "g2, GET /orders/{orderId}, orders:read\ng2, GET /orders/{orderId}/notes, notes:read";
const whole = authorizer({ gateway: "rest", wholeApi: true, resultTtl: 300, identitySources: [] });

describe("whole-api-inexpressible", () => {
  it("finds each route that such an answer cannot tell from another, at its row", () => {
    expect(found(wholeApiInexpressible, NESTED, { authorizers: [whole] })).toEqual([
      "policies/test.csv:1:5: a whole-API answer cannot be correct for `GET /orders/{orderId}`: the pattern " +
        "`GET/orders/*` also matches requests of `GET /orders/{orderId}/notes`; set `CLAIMGATE_WHOLE_API_ANSWER` to " +
        "`false`, or give both routes the same permission",
      expect.stringMatching(/^policies\/test\.csv:2:5: .*`GET\/orders\/\*\/notes` also matches/),
    ]);
  });

  it("says nothing where each request gets its own answer", () => {
    expect(found(wholeApiInexpressible, NESTED, { authorizers: [authorizer({ gateway: "rest" })] })).toEqual(
      [],
    );
  });
});

it("an answer for the whole API may be kept for the token alone, and for nothing less", () => {
  expect(found(cacheReusesAnswers, "", { authorizers: [whole, { ...whole, type: "token" }] })).toEqual([]);
  const other = { ...whole, identitySources: ["method.request.header.Other"] };
  expect(found(cacheReusesAnswers, "", { authorizers: [other] })).toHaveLength(1);
});
