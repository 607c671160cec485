import { comparisonsOn, findingsOf, withSwitches } from "../../../../src/tools/deployment/comparison.ts";

const about = comparisonsOn("clients", "Web");
const COMPARISONS = [
  about.ok("client-missing", "it is 1"),
  about.wrong("fail", "client-setting", {
    message: "CallbackURLs differs from the template",
    expected: ["https://a.example"],
    found: null,
    fix: "deploy the stage again",
  }),
  about.wrong("warn", "client-writes", { message: "it has no WriteAttributes", fix: "name them" }),
  about.unread("client-missing", "AccessDenied"),
];

describe("a comparison that differs", () => {
  it("is a finding, with what was expected and found; one that does not differ or was not made is not", () => {
    expect(findingsOf(COMPARISONS)).toEqual([
      {
        id: "client-setting",
        severity: "error",
        place: { kind: "deployed", area: "clients", subject: "Web" },
        message: "CallbackURLs differs from the template: expected https://a.example, found nothing",
        fix: "deploy the stage again",
      },
      {
        id: "client-writes",
        severity: "warning",
        place: { kind: "deployed", area: "clients", subject: "Web" },
        message: "it has no WriteAttributes",
        fix: "name them",
      },
    ]);
  });

  it("is skipped where lint.json switches it off, with the reason", () => {
    const switches = new Map([
      ["client-setting", "a second team owns it"],
      ["client-missing", "it is as expected"],
    ]);
    const left = withSwitches(COMPARISONS, switches);
    expect(left.map(({ status }) => status)).toEqual(["ok", "skipped", "warn", "skipped"]);
    expect(left[1]?.message).toBe(
      "CallbackURLs differs from the template; switched off: a second team owns it",
    );
    expect(left[3]).toMatchObject({ unread: true });
  });
});
