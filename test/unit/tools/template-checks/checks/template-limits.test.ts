import { foundBy, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("template-limits", template);
const groups = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `Group${index}`,
      resource("Cognito::UserPoolGroup", { GroupName: `g${index}` }, { DeletionPolicy: "Retain" }),
    ]),
  );

describe("template-limits", () => {
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
});
