import { foundBy, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("pool-limits", template);
const many = (count: number, type: string, pool: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${pool}${index}`,
      resource(type, { UserPoolId: ref(pool) }),
    ]),
  );

describe("pool-limits", () => {
  it("counts the resource servers of each pool", () => {
    const type = "Cognito::UserPoolResourceServer";
    expect(found({ ...many(25, type, "A"), ...many(25, type, "B") })).toEqual([]);
    expect(found(many(26, type, "A"))).toEqual([
      "Resources: 26 resource servers in the pool ${A}; Cognito keeps at most 25",
    ]);
  });

  it("counts groups, also those that no template could hold", () => {
    expect(found(many(10_001, "Cognito::UserPoolGroup", "A"))).toEqual([
      "Resources: 10001 groups in the pool ${A}; Cognito keeps at most 10000",
    ]);
  });
});
