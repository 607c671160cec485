import { maxAgeDoubtful } from "../../../../../src/tools/lint/rules/max-age-doubtful.ts";
import { found } from "../linting.ts";

const ages = (effect: string, condition: string) =>
  found(maxAgeDoubtful, ["g2, POST /x, x:y", `p, role:a, x:y, ${effect}, ${condition}`]);

describe("max-age-doubtful", () => {
  it("finds the wrong way round", () => {
    expect(ages("allow", "max_age!=300")).toEqual([
      "2:24: the row allows only users who signed in more than 300 s ago; did you mean `max_age=300`?",
    ]);
    expect(ages("deny", "max_age=300")).toEqual([
      "2:23: the row denies users who signed in within the last 300 s; did you mean `max_age!=300`?",
    ]);
  });

  it("finds what is not in seconds", () => {
    expect(ages("allow", "max_age=5")).toEqual([
      "2:24: 5 s pass before a user who signs in can act; write seconds: five minutes are `max_age=300`",
    ]);
    expect(ages("allow", "max_age=3000000")).toEqual([
      "2:24: 3000000 s are more than 30 days, so hardly any sign-in is older; write seconds: five minutes are `max_age=300`",
    ]);
  });

  it.each([
    ["allow", "max_age=30"],
    ["allow", "max_age=2592000"],
    ["deny", "max_age!=300"],
  ])("accepts %s with %s", (effect, condition) => {
    expect(ages(effect, condition)).toEqual([]);
  });
});
