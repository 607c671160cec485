import { parseRows } from "../../../../src/policy/parse.ts";
import { publicRoutesOf } from "../../../../src/tools/template-checks/public-routes.ts";

it("the public routes of a policy are those of `g2, ROUTE, public`", () => {
  const { rows } = parseRows(
    "policies/a.csv",
    "g2, GET /health, public\ng2, GET /orders, orders:read\ng2, ANY /docs/{proxy+}, public\n",
  );
  expect([...publicRoutesOf(rows)].sort()).toEqual(["ANY /docs/{proxy+}", "GET /health"]);
});
