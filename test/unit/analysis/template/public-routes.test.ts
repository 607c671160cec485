import { publicRoutesOf } from "../../../../src/analysis/template/public-routes.ts";
import { policyFrom } from "../../../support/policy.ts";

it("the public routes of a policy are those of `g2, ROUTE, public`", () => {
  const policy = policyFrom(
    "g2, GET /health, public\ng2, GET /orders, orders:read\ng2, ANY /docs/{proxy+}, public\n",
  );
  expect([...publicRoutesOf(policy)].sort()).toEqual(["ANY /docs/{proxy+}", "GET /health"]);
});
