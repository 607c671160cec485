import { PolicyError } from "../../../src/policy/finding.ts";
import { repeated } from "../../support/drawn.ts";
import { policyFrom } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

const MANY = repeated(100_000, 20_000);

it(`a policy of ${MANY} rows loads, and ${MANY} mistakes are all reported`, () => {
  const rows = Array.from({ length: MANY }, (_, index) => `p, role:r${index}, x${index % 500}:y, allow`);
  expect(policyFrom(rows.join("\n")).decisionRows.length).toBe(MANY);
  const error = thrownBy(() => policyFrom(rows.join("\n").replaceAll("allow", "Allow")));
  expect(error).toBeInstanceOf(PolicyError);
  expect((error as PolicyError).findings.length).toBe(MANY);
});
