import { mixedScriptName } from "../../../../../src/tools/lint/rules/mixed-script-name.ts";
import { found } from "../linting.ts";

describe("mixed-script-name", () => {
  it("points at the first letter of another alphabet, once a name", () => {
    expect(
      found(mixedScriptName, ["g, group:adm\u0456n, role:a", "g3, *@example.com, group:adm\u0456n"]),
    ).toEqual([
      "1:13: `group:adm\u0456n` mixes Latin and Cyrillic: `\u0456` is Cyrillic; retype the name in one alphabet",
    ]);
  });

  it("looks at each word, also a later one", () => {
    expect(found(mixedScriptName, ["g, group:team-a\u03b2c, role:a"])).toEqual([
      "1:16: `group:team-a\u03b2c` mixes Latin and Greek: `\u03b2` is Greek; retype the name in one alphabet",
    ]);
  });

  it.each([
    "поддержка",
    "support-поддержка",
    "β-testers",
    "東京チームA",
    "결제team",
    "Ärzte",
    "µservice",
    "команда2",
  ])("accepts %s", (name) => {
    expect(found(mixedScriptName, [`g, group:${name}, role:a`])).toEqual([]);
  });
});
