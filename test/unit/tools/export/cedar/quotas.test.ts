import { exportCedar } from "../../../../../src/tools/export/cedar/export-cedar.ts";
import { overQuota } from "../../../../../src/tools/export/cedar/quotas.ts";
import { policyFrom, samplePolicy } from "../../../../support/policy.ts";

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index));

describe("the quotas of Verified Permissions", () => {
  it("are enough for the sample policy", () => {
    expect(overQuota(exportCedar(samplePolicy(), "Claimgate"))).toEqual([]);
  });

  it("are named where an export exceeds them", () => {
    const policy = policyFrom(
      [
        ...lines(1200, (index) => `p, group:${"g".repeat(60)}${index}, orders${index}:read, allow`),
        ...lines(101, (index) => `g2, GET /orders, orders${index}:read`),
        `g2, GET /${"a".repeat(512)}, orders1:read`,
      ].join("\n"),
    );
    expect(overQuota(exportCedar(policy, "Claimgate"))).toEqual([
      expect.stringMatching(/^the policies have \d{3},\d{3} bytes; the default is 200,000$/),
      expect.stringMatching(/^the schema has \d{3},\d{3} bytes; the default is 100,000$/),
      "`GET /orders` is a member of more than 100 other actions",
      `\`GET /${"a".repeat(512)}\` is longer than 512 characters`,
    ]);
  });
});
