import type { Subject, SubjectPrefix } from "../../../src/policy/subject.ts";
import { likelySubjects, subjectGuide, subjectNameProblem } from "../../../src/policy/subject-name.ts";

describe("the name of a subject", () => {
  it.each<Subject>([
    "role:a",
    "role:9a.B_c-",
    "client:a",
    "client:9B_c-",
    'group:ä-+№,"x',
    "group:main/ä",
    "group:a/b",
    `group:${"a".repeat(128)}`,
    `group:a${"b-9".repeat(10)}b/${"a".repeat(128)}`,
    "scope:!#[]~",
    "scope:orders/read:all",
    "user:a:b/ä",
  ])("may be %.40s", (subject) => {
    expect(subjectNameProblem(subject)).toBeUndefined();
  });

  const ROLE = "a role name may contain only letters, digits and `. _ -`";
  const CLIENT = "the name of an app client in serverless.yml may contain only letters, digits and `_ -`";
  const GROUP = "a Cognito group name has 1 to 128 characters and no spaces";
  const SCOPE = "an OAuth scope cannot contain spaces, quotes or backslashes";

  it.each<[Subject, string]>([
    ["role:a b", ROLE],
    ["role:.a", ROLE],
    ["role:-a", ROLE],
    ["role:ä", ROLE],
    ["role:aä", ROLE],
    ["role:a:b", ROLE],
    ["client:a.b", CLIENT],
    ["client:_a", CLIENT],
    ["client:a b", CLIENT],
    ["group:a b", GROUP],
    ["group: a", GROUP],
    ["group:a ", GROUP],
    [`group:${"a".repeat(129)}`, GROUP],
    ["scope:a b", SCOPE],
    ['scope:a"b', SCOPE],
    ["scope:a\\b", SCOPE],
    ["scope:ab\u007f", SCOPE],
    ["scope:\u001fab", SCOPE],
    ["scope: ab", SCOPE],
    ["user:a b", "a user's `sub` cannot contain spaces"],
  ])("is never that of %.40s", (subject, problem) => {
    expect(subjectNameProblem(subject)).toBe(problem);
  });
});

const ALL: SubjectPrefix[] = ["role", "group", "user", "client", "scope"];

it.each([
  ["admin", ALL, ["role:admin", "group:admin"]],
  ["admin", ["group"], ["group:admin"]],
  ["admin", ["user"], []],
  ["my team", ALL, []],
  ["*", ALL, []],
  ["/admins", ALL, ["group:/admins"]],
  ["rolle:admin", ALL, ["role:admin"]],
  ["Grop:admin:x", ALL, ["group:admin:x"]],
  ["rolle:admin", ["group"], []],
  ["rolle:", ALL, []],
  ["usr:", ALL, []],
  [":admin", ALL, []],
  ["rolle:my role", ALL, []],
  ["team:admin", ALL, []],
  ["", ALL, []],
] as [string, SubjectPrefix[], string[]][])("%j in a column of %j may mean %j", (text, prefixes, meant) => {
  expect(likelySubjects(text, prefixes)).toEqual(meant);
});

it.each([
  ["*", "for every signed-in user write `role:authenticated`"],
  ["role:", "add a name after the colon"],
  ["role:a:", "write one of these prefixes before the name"],
  ["my team", "write one of these prefixes and a name without spaces"],
  ["admin", "write one of these prefixes before the name"],
])("%s is not a subject: %s", (text, guide) => {
  expect(subjectGuide(text)).toBe(guide);
});
