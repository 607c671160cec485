import { foundBy, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("quota-exceeded", template);
const groups = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `Group${index}`,
      resource("Cognito::UserPoolGroup", { GroupName: `g${index}` }, { DeletionPolicy: "Retain" }),
    ]),
  );

const many = (count: number, type: string, pool: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${pool}${index}`,
      resource(type, { UserPoolId: ref(pool) }),
    ]),
  );

describe("quota-exceeded", () => {
  it("lets 500 resources pass and names how many of 501 are groups", () => {
    expect(found(groups(500))).toEqual([]);
    expect(found(groups(501))).toEqual([
      "Resources: 501 resources (501 of them groups); a template has at most 500",
    ]);
  });

  it("counts outputs and bytes", () => {
    const outputs = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [`O${index}`, { Value: "x" }]),
    );
    expect(found({ Resources: {}, Outputs: outputs })).toEqual([
      "Outputs: 201 outputs; a template has at most 200",
    ]);
    const text = "x".repeat(1_000_001);
    expect(found({ Resources: {}, Description: text })).toEqual([
      expect.stringMatching(/^Resources: \d+ bytes; a template has at most 1000000$/),
    ]);
  });
  it("counts the resource servers of each pool", () => {
    const type = "Cognito::UserPoolResourceServer";
    expect(found({ ...many(25, type, "A"), ...many(25, type, "B") })).toEqual([]);
    expect(found(many(26, type, "A"))).toEqual([
      "Resources: 26 resource servers in the pool ${A}; Cognito keeps at most 25",
    ]);
  });

  it("counts groups, also those that no template could hold", () => {
    expect(found(many(10_001, "Cognito::UserPoolGroup", "A"))).toEqual([
      "Resources: 10001 resources (10001 of them groups); a template has at most 500",
      "Resources: 10001 groups in the pool ${A}; Cognito keeps at most 10000",
    ]);
  });
});
