import { PolicyError } from "../../../src/policy/finding.ts";
import { policyFrom } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

it("a policy of a hundred thousand rows loads, and a hundred thousand mistakes are all reported", () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => `p, role:r${index}, x${index % 500}:y, allow`);
  expect(policyFrom(rows.join("\n")).decisionRows.length).toBe(100_000);
  const error = thrownBy(() => policyFrom(rows.join("\n").replaceAll("allow", "Allow")));
  expect(error).toBeInstanceOf(PolicyError);
  expect((error as PolicyError).findings.length).toBe(100_000);
});
