/** A call of the command: what it is given, and what it says. */
export interface CommandCase {
  readonly name: string;
  readonly args: readonly string[];
  /** Files of the directory that it runs in, beside model.conf; by default the sample policy is there. */
  readonly files?: Readonly<Record<string, string>>;
  /** Links of that directory, each with its target. */
  readonly links?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** What is in files afterwards. */
  readonly after?: Readonly<Record<string, string>>;
  readonly code: 0 | 1 | 2 | 3 | 4 | 5;
  /** Each has to be in standard output. */
  readonly stdout?: readonly string[];
  /** Each has to be in standard error. */
  readonly stderr?: readonly string[];
}

const SMALL = {
  "policies/orders.csv": [
    "p, role:clerk, orders:read, allow",
    "p, role:clerk, orders:own, allow, {userId}=sub",
    "g, group:staff, role:clerk",
    "g2, GET /orders, orders:read",
    "g2, GET /users/{userId}/orders, orders:own",
    "",
  ].join("\n"),
};

/** The same, with one mistake. */
const small = (was: string, is: string) => ({
  "policies/orders.csv": SMALL["policies/orders.csv"].replace(was, is),
});

/** Beside what it was: one row that gives nothing new, and one that does. */
const TWO_ROWS_MORE = {
  "policies/orders.csv": `${SMALL["policies/orders.csv"]}p, group:staff, orders:read, allow\ng, group:guests, role:clerk\n`,
  "old/orders.csv": SMALL["policies/orders.csv"],
};

const WITH_DENY = {
  ...SMALL,
  "policies/restrictions/trainees.csv":
    "g, group:trainees, role:clerk\np, group:trainees, orders:read, deny\n",
};

const testing = (...lines: readonly string[]) => ({
  ...SMALL,
  "policies/tests/orders.test.yaml": `${lines.join("\n")}\n`,
});

const STAFF = "principals: { staff: { groups: [staff], claims: { sub: me } }, nobody: {} }";
const LISTS = "suites: [{ name: Lists, routes: [GET /orders], allow: { staff: [GET /orders] } }]";

/** Coarse routes, and finer ones below them that only administrators may call. */
const COARSE = {
  "policies/orders.csv": [
    "p, role:customer, app:use, allow",
    "p, role:admin, admin:read, allow",
    "g, group:customers, role:customer",
    "g, group:admins, role:admin",
    "g2, ANY /{proxy+}, app:use",
    "g2, ANY /orders, app:use",
    "g2, GET /admin/users, admin:read",
    "g2, DELETE /orders, admin:read",
    "g2, GET /, admin:read",
    "g2, $default, app:use",
    "",
  ].join("\n"),
};

/** The same without a row; `old` still has it. */
const withoutRow = (row: string) => ({
  "policies/orders.csv": COARSE["policies/orders.csv"].replace(`${row}\n`, ""),
  "old/orders.csv": COARSE["policies/orders.csv"],
});

/** With a public route, and a role that is denied everything. */
const OPEN = {
  "policies/orders.csv": `${SMALL["policies/orders.csv"]}g2, GET /health, public\np, role:out, *, deny\ng, group:out, role:out\n`,
};

const testingOpen = (...lines: readonly string[]) => ({
  ...OPEN,
  "policies/tests/orders.test.yaml": `${lines.join("\n")}\n`,
});

const withoutLanding = (grant: string) => ({
  "policies/orders.csv": SMALL["policies/orders.csv"] + grant,
  "old/orders.csv": `${SMALL["policies/orders.csv"]}${grant}g3, *@partner.example, group:contractors\n`,
});

const withGroups = (now: string, old: string) => ({
  ...SMALL,
  "old/orders.csv": SMALL["policies/orders.csv"],
  "policies/groups.yaml": now,
  "old/groups.yaml": old,
});

/** Customers reach the route of an audit already, by another permission. */
const AUDIT_BEFORE = `g2, GET /orders/{id}, orders:read
g2, GET /orders/{id}, orders:audit
p, role:customer, orders:read, allow
p, role:admin, orders:audit, allow
g, group:customers, role:customer
g, group:admins, role:admin
`;
const AUDIT = {
  "policies/orders.csv": `${AUDIT_BEFORE}p, role:customer, orders:audit, allow\n`,
  "old/orders.csv": AUDIT_BEFORE,
};

export const POLICY_CASES: readonly CommandCase[] = [
  {
    name: "a misspelled subject of what-can is hinted at, in the answer for programs as well",
    args: ["what-can", "group:stafff"],
    files: SMALL,
    code: 2,
    stdout: ["nothing"],
    stderr: ["no row names `group:stafff`; did you mean `group:staff`?"],
  },
  {
    name: "so it is for programs",
    args: ["what-can", "group:stafff", "--format", "json"],
    files: SMALL,
    code: 2,
    stdout: ["no row names `group:stafff`; did you mean `group:staff`?"],
  },
  {
    name: "who-can names the directory groups whose users have a group",
    args: ["who-can", "orders:read"],
    files: { ...SMALL, "policies/directory.csv": "g4, Corp/Engineering, group:staff\n" },
    code: 0,
    stdout: ["everyone of Corp/Engineering has the group"],
  },
  {
    name: "a misspelled permission of who-can is hinted at",
    args: ["who-can", "orders:raed"],
    files: SMALL,
    code: 1,
    stderr: ["did you mean `orders:read`?"],
  },
  {
    name: "a misspelled path parameter of can is hinted at",
    args: ["can", "group:staff", "GET /users/{userId}/orders", "--param", "usrId=me", "--claim", "sub=me"],
    files: SMALL,
    code: 2,
    stderr: ["`GET /users/{userId}/orders` has no parameter `usrId`; did you mean `userId`?"],
  },
  {
    name: "a filter that leaves no row says which name was meant",
    args: ["matrix", "--only-rows", "orders:raed"],
    files: SMALL,
    code: 0,
    stderr: ["`--only-rows orders:raed` matches nothing; did you mean `orders:read`?"],
  },
  {
    name: "a filter that leaves no column says which option shows it",
    args: ["matrix", "--only-columns", "group:staff"],
    files: SMALL,
    code: 0,
    stderr: ["`--only-columns` matches nothing here; add `--columns all`"],
  },
  {
    name: "a filter of the report that leaves nothing is named",
    args: ["report", "-o", "access.html", "--only-rows", "GET /ordes", "--only-columns", "role:clrk"],
    files: SMALL,
    code: 0,
    stderr: [
      "`--only-rows GET /ordes` matches nothing; did you mean `GET /orders`?",
      "`--only-columns role:clrk` matches nothing; did you mean `role:clerk`?",
    ],
  },
  {
    name: "the tests of the sample policy, which need every row of it",
    args: ["test", "--coverage", "--threshold", "100"],
    code: 0,
    stdout: ["rows tested (100 %)", " passed, 0 failed"],
  },
  {
    name: "a test that passes, and a row that none needs",
    args: ["test", "--threshold", "100"],
    files: testing(STAFF, LISTS),
    code: 5,
    stdout: [
      "  ok   Lists  2 decisions\n",
      "policies/orders.csv:2: no test needs p, role:clerk, orders:own, allow, {userId}=sub\n",
      "3 of 5 rows tested (60 %), below the threshold of 100 %",
    ],
  },
  {
    name: "an allow that nobody listed",
    args: ["test"],
    files: testing(STAFF, "suites: [{ name: Lists, routes: [GET /orders] }]"),
    code: 4,
    stdout: [
      "  FAIL Lists  2 decisions\n      policies/tests/orders.test.yaml:2:34: staff on GET /orders: expected deny, " +
        "found allow by policies/orders.csv:1  p, role:clerk, orders:read, allow\n",
      "1 passed, 1 failed",
    ],
  },
  {
    name: "a permission that had to be granted, where two open the route",
    args: ["test"],
    files: {
      "policies/orders.csv": `${SMALL["policies/orders.csv"]}p, role:boss, orders:all, allow\ng, group:bosses, role:boss\ng2, GET /orders, orders:all\n`,
      "policies/tests/orders.test.yaml": `principals: { staff: { groups: [staff] }, boss: { groups: [bosses] } }
suites:
  - name: Lists
    routes: [GET /orders]
    allow: { staff: "*", boss: "*" }
    because:
      - { principal: staff, route: GET /orders, granted: orders:read }
      - { principal: boss, route: GET /orders, granted: orders:read }
`,
    },
    code: 4,
    stdout: [
      "boss on GET /orders: expected the determining row a row that allows `orders:read`, found policies/orders.csv:6  p, role:boss, orders:all, allow\n",
      "1 passed, 1 failed",
    ],
  },
  {
    name: "a permission that does not open the route",
    args: ["test"],
    files: testing(
      STAFF,
      "suites: [{ name: A, routes: [GET /orders], because: [{ principal: staff, route: GET /orders, granted: orders:own }] }]",
    ),
    code: 1,
    stderr: ["`orders:own` does not open `GET /orders`; it is opened by orders:read"],
  },
  {
    name: "an invariant that does not hold, by the smallest token",
    args: ["test", "--format", "json"],
    files: testing("invariants: [{ name: admins only, only: ['group:staff'], hold: orders:read }]"),
    code: 4,
    stdout: ['"holds": false', "a token with role:clerk reaches orders:read: allowed"],
  },
  {
    name: "a condition that can hold breaks an invariant as well",
    args: ["test"],
    files: testing("invariants: [{ never: [role:clerk], reach: 'GET /users/{userId}/orders' }]"),
    code: 4,
    stdout: ["reaches GET /users/{userId}/orders: if {userId}=sub"],
  },
  {
    name: "a failure, for a CI server",
    args: ["test", "--format", "junit"],
    files: testing(STAFF, "suites: [{ name: Lists, routes: [GET /orders] }]"),
    code: 4,
    stdout: ['<testcase classname="Lists" name="staff on GET /orders"><failure message="expected deny'],
  },
  {
    name: "a test of what does not exist",
    args: ["test"],
    files: testing(
      "principals: { staff: { groups: [staf] } }",
      "suites:",
      "  - { name: A, routes: [GET /order], allow: { stuff: [GET /orders] }, alow: {} }",
    ),
    code: 1,
    stderr: [
      "policies/tests/orders.test.yaml:1:15: no row of the policy names `group:staf`; did you mean `group:staff`?",
      "policies/tests/orders.test.yaml:3:25: the policy has no route `GET /order`; did you mean `GET /orders`?",
      "`stuff` is not a principal of this suite; did you mean `staff`?",
      "unknown property `alow`",
    ],
  },
  {
    name: "a test that is no YAML",
    args: ["test"],
    files: testing("suites:", "\t- name: x"),
    code: 1,
    stderr: ["policies/tests/orders.test.yaml:2:1: the file is not valid YAML"],
  },
  {
    name: "the schema of tests, with the names of the policy",
    args: ["test", "--schema"],
    code: 0,
    stdout: [
      '"$schema": "http://json-schema.org/draft-07/schema#"',
      '"GET /orders/{orderId}"',
      '"suspended"',
    ],
  },
  {
    name: "tests that would not be run",
    args: ["test", "--coverage", "--threshold", "0"],
    files: {
      ...testing(STAFF, LISTS),
      "policies/tests/orders/fails.test.yml": "",
      "policies/tests/fails_test.yaml": "",
    },
    code: 1,
    stderr: [
      "not all policy tests would run\n",
      "policies/tests/fails_test.yaml: no test run includes this file; name it `fails.test.yaml`\n",
      "policies/tests/orders/fails.test.yml: no test run includes this file; name it `fails.test.yaml`",
    ],
  },
  {
    name: "a test in a folder, which fails",
    args: ["test"],
    files: {
      ...testing(STAFF, LISTS),
      "policies/tests/orders/fails.test.yaml": `${STAFF}\nsuites: [{ name: Fails, routes: [GET /orders] }]\n`,
    },
    code: 4,
    stdout: ["policies/tests/orders/fails.test.yaml\n  FAIL Fails  2 decisions\n", "3 passed, 1 failed"],
  },
  {
    name: "a file that tests nothing",
    args: ["test", "--coverage", "--threshold", "0"],
    files: testing(STAFF, "suites: []"),
    code: 4,
    stdout: ["  FAIL the file has no suite and no invariant\n", "0 passed, 1 failed"],
  },
  {
    name: "a file that tests nothing, beside one that does, for a CI server",
    args: ["test", "--format", "junit"],
    files: { ...testing(STAFF, LISTS), "policies/tests/empty.test.yaml": "suites: []\ninvariants: []\n" },
    code: 4,
    stdout: ['tests="1" failures="1"', '<failure message="the file has no suite and no invariant"/>'],
  },
  {
    name: "one suite of several",
    args: ["test", "--suite", "Lists", "policies/tests/**"],
    files: testing(STAFF, LISTS.replace("[{", "[{ name: Fails, routes: [GET /orders] }, {")),
    code: 0,
    stdout: ["  ok   Lists  2 decisions\n\n2 passed, 0 failed"],
  },
  {
    name: "a suite that does not exist",
    args: ["test", "--suite", "List"],
    files: testing(STAFF, LISTS),
    code: 1,
    stderr: ["no suite or invariant has the name `List` [command_usage]\n  did you mean `Lists`?"],
  },
  {
    name: "a pattern that fits nothing",
    args: ["test", "policies/tests/x*"],
    files: testing(STAFF, LISTS),
    code: 1,
    stderr: ["no policy test matches `policies/tests/x*` [command_usage]"],
  },
  { name: "no tests", args: ["test"], files: SMALL, code: 1, stderr: ["no policy test matches"] },
  { name: "a good policy", args: ["check"], code: 0, stdout: ["0 errors, 0 warnings"] },
  {
    name: "a mistake, at its line, with a caret and a fix",
    args: ["check"],
    files: small("role:clerk, orders:read, allow", "role:clerk, orders:read, alow"),
    code: 3,
    stdout: [
      "policies/orders.csv:1:29: error: ",
      "    1 | p, role:clerk, orders:read, alow\n      |                             ^",
      "fix: ",
      "[effect]",
      "1 error, ",
    ],
  },
  {
    name: "what can be fixed is fixed, and the rest is told",
    args: ["check", "--fix"],
    files: { "policies/a.csv": "P, role:clerk, a:b, Allow # why\r\np, clerk, a:c, allow\r\n" },
    code: 3,
    stdout: [
      "policies/a.csv:1: fixed [unknown-row-type]\n      - P, role:clerk, a:b, Allow # why\n      + p, role:clerk, a:b, Allow # why\n",
      "      + # why\n      + p, role:clerk, a:b, Allow\n",
      "policies/a.csv:2:16: error: `a:b` has no route",
      "policies/a.csv:3:4: error: `clerk` is not a subject",
      "2 errors, ",
    ],
    after: { "policies/a.csv": "# why\r\np, role:clerk, a:b, allow\r\np, clerk, a:c, allow\r\n" },
  },
  {
    name: "a deny row keeps its only copy where a link gives its folder a second name",
    args: ["check", "--fix"],
    files: WITH_DENY,
    links: { "policies/current": "restrictions", "policies/loop": ".", "policies/alias.csv": "orders.csv" },
    code: 0,
    stdout: ["0 errors, 0 warnings\n"],
    after: WITH_DENY,
  },
  {
    name: "a file outside the policy directory is refused by name, and its lines are not shown",
    args: ["check"],
    files: { ...SMALL, "elsewhere/secret.txt": "top secret\n" },
    links: { "policies/secret.csv": "../elsewhere/secret.txt" },
    code: 3,
    stdout: [
      "policies/secret.csv:1:1: error: the file cannot be read: it is a symbolic link to a file outside the policy " +
        "directory [file-unreadable]\n        fix: replace the link",
      "1 error, 0 warnings\n",
    ],
  },
  {
    name: "what could be fixed is said, and nothing is written",
    args: ["check"],
    files: small("orders:read, allow", "orders:read, Allow"),
    code: 3,
    stdout: ["1 error, 0 warnings\nclaimgate check --fix fixes 1 of them\n"],
    after: small("orders:read, allow", "orders:read, Allow"),
  },
  {
    name: "a name that would steer the terminal is spelled out",
    args: ["check"],
    files: { ...SMALL, "policies/lint.json": '{ "off": { "\\u001b[2J": "a reason of some words" } }' },
    code: 3,
    stdout: ["unknown rule `\\u001b[2J`"],
  },
  {
    name: "a mistake on the first line of a file with a byte order mark: the caret is below it",
    args: ["check"],
    files: {
      "policies/orders.csv": `\uFEFF${small("orders:read, allow", "orders:read, alow")["policies/orders.csv"]}`,
    },
    code: 3,
    stdout: ["    1 | p, role:clerk, orders:read, alow\n      |                             ^\n"],
  },
  {
    name: "two mistakes at once, sorted",
    args: ["check", "--format", "github"],
    files: { "policies/b.csv": "p, clerk, a:b, allow\n", "policies/a.csv": "x, y\n" },
    code: 3,
    stdout: [
      "::error file=policies/a.csv,line=1,col=1,title=unknown-row-type::",
      "\n::error file=policies/b.csv,line=1,",
    ],
  },
  {
    name: "a mistake, as SARIF",
    args: ["check", "--format", "sarif"],
    files: small("group:staff, role:clerk", "group:staff, role:clerks"),
    code: 3,
    stdout: ['"version": "2.1.0"', '"ruleId": "role-without-rights"', '"startLine": 3'],
  },
  {
    name: "a mistake that can be fixed, as SARIF, with the edit",
    args: ["check", "--format", "sarif"],
    files: small("orders:read, allow", "orders:read, Allow"),
    code: 3,
    stdout: [
      '"deletedRegion": {\n                        "startLine": 1,\n                        "startColumn": 1,\n                        "endLine": 1,\n                        "endColumn": 34',
      '"text": "p, role:clerk, orders:read, allow"',
    ],
  },
  {
    name: "a mistake, as JUnit",
    args: ["check", "--format", "junit"],
    files: small("allow", "allow, more, and more"),
    code: 3,
    stdout: ['<testcase classname="claimgate.check" name="too-many-columns">', '<failure type="error"'],
  },
  {
    name: "a good policy, as JUnit",
    args: ["check", "--format", "junit"],
    files: SMALL,
    code: 0,
    stdout: ['<testcase classname="claimgate.check" name="policy"/>'],
  },
  {
    name: "a warning is no failure, unless it is one too many",
    args: ["check", "--max-warnings", "0"],
    files: { ...SMALL, "policies/more.csv": "p, role:clerk, *, allow\n" },
    code: 2,
    stdout: ["warning: ", "0 errors, "],
  },
  {
    name: "a directory that is not there",
    args: ["check", "--policies", "policy"],
    code: 1,
    stderr: ["the directory `policy` does not exist", "--policies"],
  },
  {
    name: "a file that is no text",
    args: ["check"],
    files: { "policies/orders.csv": "p, role:clerk, orders:read, allow\u0000\n" },
    code: 3,
    stdout: ["policies/orders.csv:1:"],
  },
  { name: "a misspelt option", args: ["check", "--formt", "json"], code: 1, stderr: ["--format"] },
  {
    name: "a matrix for a spreadsheet with decimal commas",
    args: ["matrix", "--format", "csv", "--excel", "semicolon"],
    files: SMALL,
    code: 0,
    stdout: ["\uFEFF;role:", "\r\norders:read;"],
  },
  {
    name: "a matrix of some rows and columns",
    args: ["matrix", "--format", "csv", "--only-rows", "orders:r*", "--only-columns", "role:none"],
    files: SMALL,
    code: 0,
    stdout: ["\r\norders:read\r\n"],
  },
  {
    name: "a matrix whose columns are named without their prefix, those with the same access as one",
    args: ["matrix", "--format", "markdown", "--columns", "all", "--only-columns", "*ta*"],
    files: SMALL,
    code: 0,
    stdout: ["|  | `group:staff` |\n"],
  },
  {
    name: "which role may do what through which app, and a word about apps where the policy limits them",
    args: ["matrix", "--by", "both", "--only-columns", "client:shop"],
    files: {
      ...SMALL,
      "policies/apps.csv": "p3, client:web, *\np3, client:shop, orders:read, api/read\n",
    },
    code: 0,
    stdout: ["role:clerk through client:shop\n", "orders:own   -", "orders:read  -"],
  },
  {
    name: "a group whose members come from a directory",
    args: ["matrix", "--columns", "groups"],
    files: { ...SMALL, "policies/directory.csv": "g4, CorpSAML/Clerks, group:staff\n" },
    code: 0,
    stdout: ["\nfrom directories\ngroup:staff: also CorpSAML/Clerks\n"],
  },
  {
    name: "a role and a group with the same access, in one column",
    args: ["matrix", "--columns", "all", "--only-columns", "*er*"],
    files: { ...SMALL, "policies/more.csv": "g, group:clerks, role:clerk\n" },
    code: 0,
    stdout: ["             role:clerk\n             group:clerks\norders:own   if\n"],
  },
  {
    name: "a report on a part of the policy",
    args: ["report", "-o", "-", "--only-rows", "GET /orders", "--only-columns", "staff"],
    files: SMALL,
    code: 0,
    stdout: ["only routes that match <code>GET /orders</code>, and subjects that match <code>staff</code>"],
  },
  {
    name: "more findings than people read",
    args: ["check"],
    files: { ...SMALL, "policies/wrong.csv": "x, y\n".repeat(150) },
    code: 3,
    stdout: ["... and 50 findings more; `claimgate check --max-findings 0` prints all\n", "150 errors"],
  },
  {
    name: "more findings than GitHub keeps",
    args: ["check", "--format", "github"],
    files: { ...SMALL, "policies/wrong.csv": "x, y\n".repeat(150) },
    code: 3,
    stdout: ["100 findings more: run claimgate check\n"],
  },
  {
    name: "a matrix for Excel that is not CSV",
    args: ["matrix", "--excel"],
    files: SMALL,
    code: 1,
    stderr: ["`--excel` requires CSV"],
  },
  { name: "a misspelt command", args: ["chek"], code: 1, stderr: ["did you mean `check`?"] },
  {
    name: "a misspelt option, for a program",
    args: ["check", "--polices", "x", "--format", "json"],
    code: 1,
    stdout: ['"code": "command_usage"', '"fix": "did you mean `--policies`?"'],
    stderr: ["error: unknown option `--polices` [command_usage]"],
  },
  { name: "files that are as they should be", args: ["fmt", "--check"], code: 0 },
  {
    name: "a file that would change",
    args: ["fmt", "--check"],
    files: {
      "policies/orders.csv": 'p,role:clerk , "orders:read",allow\r\n\r\n\r\ng2, GET /orders, orders:read',
    },
    code: 2,
    stdout: ["policies/orders.csv would change"],
  },
  {
    name: "a checkout with Windows line endings, which stay",
    args: ["fmt"],
    files: {
      "policies/orders.csv": SMALL["policies/orders.csv"].replaceAll("\n", "\r\n").replace(", ", " ,"),
    },
    code: 0,
    stdout: ["policies/orders.csv\n"],
    after: { "policies/orders.csv": SMALL["policies/orders.csv"].replaceAll("\n", "\r\n") },
  },
  {
    name: "an option that is set to nothing",
    args: ["check", "--policies", ""],
    code: 1,
    stderr: ["error: `--policies <dir>` is empty [command_usage]\n"],
  },
  {
    name: "one of several values that is nothing",
    args: ["can", "group:staff", "GET /orders", "--claim", "sub=x", "--claim", ""],
    code: 1,
    stderr: ["error: `--claim <name=value>` is empty [command_usage]\n"],
  },
  {
    name: "an argument that is nothing",
    args: ["diff", " "],
    code: 1,
    stderr: ["error: an argument is empty [command_usage]\n"],
  },
  {
    name: "a report in a folder that is not there",
    args: ["report", "-o", "none/access.html"],
    code: 1,
    stderr: [
      "error: the report could not be written: the directory does not exist (ENOENT) [file_not_written]\n",
    ],
  },
  {
    name: "a full disk",
    args: ["report", "-o", "/dev/full"],
    code: 1,
    stderr: ["error: the report could not be written: the disk is full (ENOSPC) [file_not_written]\n"],
  },
  {
    name: "an allow",
    args: ["can", "group:staff", "GET /orders"],
    files: SMALL,
    code: 0,
    stdout: ["allow: policies/orders.csv:1  p, role:clerk, orders:read, allow"],
  },
  {
    name: "a deny, and who would hold it",
    args: ["can", "user:x", "GET /orders"],
    files: SMALL,
    code: 2,
    stdout: ["deny: no row grants it: role:clerk is not held (held by group:staff)"],
  },
  {
    name: "a concrete path, whose value meets a claim",
    args: ["can", "group:staff", "GET /users/42/orders", "--claim", "sub=42"],
    files: SMALL,
    code: 0,
    stdout: ["allow: "],
  },
  {
    name: "a concrete path, whose value does not",
    args: ["explain", "group:staff", "GET /users/42/orders", "--claim", "sub=43"],
    files: SMALL,
    code: 2,
    stdout: ["compared  {userId} `42` with sub `43`", "{userId}=sub does not hold"],
  },
  {
    name: "a claim that is missing",
    args: ["explain", "group:staff", "GET /users/42/orders"],
    files: SMALL,
    code: 2,
    stdout: ["with sub (missing)", "is unknown"],
  },
  {
    name: "a permission, as JSON",
    args: ["can", "group:staff", "orders:read", "--format", "json"],
    files: SMALL,
    code: 0,
    stdout: ['"permission": "orders:read"', '"effect": "allow"', '"policyVersion"'],
  },
  {
    name: "the chain of an allow",
    args: ["explain", "group:staff", "GET /orders"],
    files: SMALL,
    code: 0,
    stdout: ["allow  opened by orders:read", "by group:staff -> role:clerk"],
  },
  {
    name: "a subject without a prefix",
    args: ["can", "staff", "GET /orders"],
    files: SMALL,
    code: 1,
    stderr: ["`staff` is not a subject", "did you mean `group:staff` or `role:staff`?"],
  },
  {
    name: "a subject that the policy does not name",
    args: ["can", "group:staf", "GET /orders"],
    files: SMALL,
    code: 2,
    stderr: ["no row names `group:staf`; did you mean `group:staff`?"],
  },
  {
    name: "subjects that no token holds together",
    args: ["can", "group:staff,client:web", "GET /orders"],
    files: SMALL,
    code: 1,
    stderr: ["no token can hold all of"],
  },
  {
    name: "a route that is not there",
    args: ["can", "group:staff", "GET /order"],
    files: SMALL,
    code: 1,
    stderr: ["the policy has no route `GET /order`", "did you mean `GET /orders`?"],
  },
  {
    name: "a permission that is not there",
    args: ["can", "group:staff", "orders:red"],
    files: SMALL,
    code: 1,
    stderr: ["names the permission `orders:red`", "did you mean `orders:read`?"],
  },
  {
    name: "half a question",
    args: ["can", "group:staff"],
    files: SMALL,
    code: 1,
    stderr: ["expected two arguments"],
  },
  {
    name: "a question to a policy that is not valid",
    args: ["can", "group:staff", "GET /orders"],
    files: small("allow", "perhaps"),
    code: 3,
    stderr: ["policies/orders.csv:1:"],
  },
  {
    name: "what is no token",
    args: ["can", "--token", "-", "GET /orders"],
    files: SMALL,
    input: "not a token",
    code: 1,
    stderr: ["the input is not a JWT"],
  },
  {
    name: "everybody who may",
    args: ["who-can", "GET /users/{userId}/orders"],
    files: SMALL,
    code: 0,
    stdout: ["role:clerk   if {userId}=sub\ngroup:staff  if {userId}=sub\n"],
  },
  {
    name: "everything that somebody may",
    args: ["what-can", "group:staff"],
    files: SMALL,
    code: 0,
    stdout: ["GET /orders                 allowed\nGET /users/{userId}/orders  if {userId}=sub\n"],
  },
  {
    name: "somebody who may nothing",
    args: ["what-can", "group:other"],
    files: SMALL,
    code: 2,
    stdout: ["nothing"],
  },
  {
    name: "the matrix, for a spreadsheet",
    args: ["matrix", "--format", "csv"],
    files: SMALL,
    code: 0,
    stdout: [",role:authenticated,role:clerk,role:machine\r\norders:own,,if,\r\norders:read,,yes,\r\n"],
  },
  {
    name: "the matrix, as a page, where nothing of the policy becomes markup",
    args: ["matrix", "--format", "html", "--columns", "groups", "--rows", "routes"],
    files: small("group:staff", "group:<b>staff</b>"),
    code: 0,
    stdout: [
      '<meta http-equiv="Content-Security-Policy"',
      'data-holder="group:&lt;b&gt;staff&lt;/b&gt;"',
      '<th scope="row"><span class="name">GET /users/{userId}/orders</span></th><td class="conditional"',
    ],
  },
  {
    name: "the matrix, for a wiki",
    args: ["matrix", "--format", "markdown", "--columns", "groups", "--rows", "routes"],
    files: SMALL,
    code: 0,
    stdout: ["|  | `group:staff` |\n| --- | --- |\n| `GET /orders` | yes |\n"],
  },
  {
    name: "a policy that lets more people in",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      ...SMALL,
      "old/orders.csv": SMALL["policies/orders.csv"].replace("p, role:clerk, orders:read, allow\n", ""),
    },
    code: 2,
    stdout: [
      "group:staff\n  wider    GET /orders  not granted -> allowed\nrows\n",
      "1 row differs; 1 change of access, 1 of them wider",
    ],
  },
  {
    name: "a policy that lets fewer people in",
    args: ["diff", "old", "--fail-on", "widening"],
    files: { ...SMALL, "old/orders.csv": `${SMALL["policies/orders.csv"]}g, group:guests, role:clerk\n` },
    code: 0,
    stdout: ["group:guests\n  narrower GET /orders  allowed -> not granted"],
  },
  {
    name: "a deny that is gone lets in whoever had another right",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      ...SMALL,
      "old/orders.csv": `${SMALL["policies/orders.csv"]}p, role:out, *, deny\ng, group:out, role:out\n`,
    },
    code: 2,
    stdout: [
      "group:out\n  wider    GET /orders  denied -> not granted; for tokens that also hold group:staff\n",
    ],
  },
  {
    name: "a new group does not gain what everybody who is signed in had",
    args: ["diff", "old"],
    files: {
      "policies/orders.csv": `${SMALL["policies/orders.csv"]}p, role:authenticated, orders:own, allow\ng, group:new, role:clerk\n`,
      "old/orders.csv": `${SMALL["policies/orders.csv"]}p, role:authenticated, orders:own, allow\n`,
    },
    code: 2,
    stdout: [
      "group:new\n  wider    GET /orders  not granted -> allowed\nrows\n",
      "1 row differs; 1 change of access, 1 of them wider",
    ],
  },
  {
    name: "of the rows that changed, those that change no decision",
    args: ["diff", "old", "--fail-on", "widening"],
    files: TWO_ROWS_MORE,
    code: 2,
    stdout: [
      "  added    g, group:guests, role:clerk  (policies/orders.csv:7)\n",
      "  added    p, group:staff, orders:read, allow  (policies/orders.csv:6; changes no decision)\n",
      "2 rows differ; 2 changes of access, 2 of them wider",
    ],
  },
  {
    name: "the same, in a pull request",
    args: ["diff", "old", "--format", "markdown"],
    files: TWO_ROWS_MORE,
    code: 2,
    stdout: [
      "Determining rows:\n\n- added `g, group:guests, role:clerk` (policies/orders.csv:7)\n",
      "Rows without effect:\n\n- added `p, group:staff, orders:read, allow` (policies/orders.csv:6)\n",
    ],
  },
  {
    name: "the same policy in other files and another order",
    args: ["diff", "old"],
    files: {
      ...SMALL,
      "old/x.csv": SMALL["policies/orders.csv"].trim().split("\n").reverse().join("\n"),
    },
    code: 0,
    stdout: ["no difference"],
  },
  {
    name: "rows that differ and decide the same",
    args: ["diff", "old", "--format", "markdown"],
    files: {
      ...SMALL,
      "old/orders.csv": `${SMALL["policies/orders.csv"]}p, group:staff, orders:read, allow\n`,
    },
    code: 0,
    stdout: ["**Policy:** every decision is the same. 1 row has another spelling."],
  },
  {
    name: "somebody more who may sign up",
    args: ["diff", "old", "--format", "markdown"],
    files: {
      ...SMALL,
      "policies/sign-up.csv": "p2, *, allow\n",
      "old/orders.csv": SMALL["policies/orders.csv"],
    },
    code: 2,
    stdout: ["**Policy: access widens**", "- **wider**: added `p2, *, allow`"],
  },
  {
    name: "the row of a route is gone, and a coarser one lets customers in",
    args: ["diff", "old", "--fail-on", "widening"],
    files: withoutRow("g2, GET /admin/users, admin:read"),
    code: 2,
    stdout: [
      "group:customers\n  wider    GET /admin/users  not granted -> allowed; now decided by ANY /{proxy+}, before by GET /admin/users\n",
      "group:admins\n  narrower GET /admin/users  allowed -> not granted; now decided by",
      "1 row differs; 2 changes of access, 1 of them wider",
    ],
  },
  {
    name: "the same below ANY of the same path",
    args: ["diff", "old", "--fail-on", "widening"],
    files: withoutRow("g2, DELETE /orders, admin:read"),
    code: 2,
    stdout: [
      "  wider    DELETE /orders  not granted -> allowed; now decided by ANY /orders, before by DELETE /orders\n",
    ],
  },
  {
    name: "the same below $default",
    args: ["diff", "old", "--fail-on", "widening", "--format", "json"],
    files: withoutRow("g2, GET /, admin:read"),
    code: 2,
    stdout: [
      '"route": "GET /",\n      "permission": null,\n      "decidedBefore": "GET /",\n      "decidedAfter": "$default",',
    ],
  },
  {
    name: "a finer row that gives nobody more than the coarser one did",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      ...COARSE,
      "policies/orders.csv": `${COARSE["policies/orders.csv"]}g2, GET /feed, app:use\n`,
      "old/orders.csv": COARSE["policies/orders.csv"],
    },
    code: 0,
    stdout: ["1 row differs, and every decision is the same"],
  },
  {
    name: "a route that becomes public",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      ...small("g2, GET /orders, orders:read", "g2, GET /orders, public"),
      "old/orders.csv": SMALL["policies/orders.csv"],
    },
    code: 2,
    stdout: ["anyone, without a token\n  wider    GET /orders  not granted -> open to everyone\nrows\n"],
  },
  {
    name: "a route that is gone, with a role that was denied everything: nobody gains",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      "policies/orders.csv": `${SMALL["policies/orders.csv"].replace("g2, GET /orders, orders:read\n", "")}p, role:out, *, deny\ng, group:out, role:out\n`,
      "old/orders.csv": `${SMALL["policies/orders.csv"]}p, role:out, *, deny\ng, group:out, role:out\n`,
    },
    code: 0,
    stdout: ["0 of them wider"],
  },
  {
    name: "a role that has another name, and one that nobody has",
    args: ["diff", "old"],
    files: {
      "policies/orders.csv": `${SMALL["policies/orders.csv"].replaceAll("role:clerk", "role:agent")}p, role:nobody, orders:read, allow\n`,
      "old/orders.csv": SMALL["policies/orders.csv"],
    },
    code: 0,
    stdout: ["7 rows differ, and every decision is the same"],
  },
  {
    name: "a path parameter that has another name, in its route and its condition",
    args: ["diff", "old"],
    files: {
      "policies/orders.csv": SMALL["policies/orders.csv"].replaceAll("{userId}", "{id}"),
      "old/orders.csv": SMALL["policies/orders.csv"],
    },
    code: 0,
    stdout: ["4 rows differ, and every decision is the same"],
  },
  {
    name: "a condition on another parameter of the path",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      "policies/orders.csv": "p, role:authenticated, o:read, allow, {b}=sub\ng2, GET /o/{a}/{b}, o:read\n",
      "old/orders.csv": "p, role:authenticated, o:read, allow, {a}=sub\ng2, GET /o/{a}/{b}, o:read\n",
    },
    code: 2,
    stdout: ["role:authenticated\n  other    GET /o/{a}/{b}  if {a}=sub -> if {b}=sub\n"],
  },
  {
    name: "in a pull request, the rows that do it",
    args: ["diff", "old", "--format", "markdown"],
    files: withoutRow("g2, GET /admin/users, admin:read"),
    code: 2,
    stdout: [
      "| `group:customers` | `GET /admin/users`; now decided by ANY /{proxy+}, before by GET /admin/users | not granted | allowed | **wider** |\n",
      "Determining rows:\n\n- removed `g2, GET /admin/users, admin:read` (old/orders.csv:7)\n",
    ],
  },
  {
    name: "a base that does not load: nothing is compared, and it is no yes",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      ...SMALL,
      "old/orders.csv": small("orders:read, allow", "orders:read, alow")["policies/orders.csv"],
    },
    code: 2,
    stdout: [
      "the policy of `old` does not load, so nothing can be compared\n  old/orders.csv:1:29: the effect is `alow`",
      "the policy of HEAD loads (5 rows)\n",
    ],
  },
  {
    name: "the same, in a pull request",
    args: ["diff", "old", "--format", "markdown"],
    files: {
      ...SMALL,
      "old/orders.csv": small("orders:read, allow", "orders:read, alow")["policies/orders.csv"],
    },
    code: 2,
    stdout: [
      "**Policy: nothing can be compared** :warning:\n",
      "    old/orders.csv:1:29: the effect is `alow`",
    ],
  },
  {
    name: "a policy that does not load itself, whatever its base was",
    args: ["diff", "old"],
    files: { ...small("orders:read, allow", "orders:read, alow"), "old/orders.csv": "p, a, b, c\n" },
    code: 3,
    stderr: ["policies/orders.csv:1:29: the effect is `alow`"],
  },
  {
    name: "a permission that somebody gains on a route that they reach already",
    args: ["diff", "old", "--fail-on", "widening"],
    files: AUDIT,
    code: 2,
    stdout: [
      "group:customers\n  wider    permission orders:audit  not granted -> allowed\nrows\n" +
        "  added    p, role:customer, orders:audit, allow  (policies/orders.csv:7)\n",
      "1 row differs; 1 change of access, 1 of them wider",
    ],
  },
  {
    name: "the same, in a pull request",
    args: ["diff", "old", "--format", "markdown"],
    files: AUDIT,
    code: 2,
    stdout: [
      "| `group:customers` | permission `orders:audit` | not granted | allowed | **wider** |\n",
      "Determining rows:\n\n- added `p, role:customer, orders:audit, allow`",
    ],
  },
  {
    name: "the same, for a program",
    args: ["diff", "old", "--format", "json"],
    files: AUDIT,
    code: 2,
    stdout: ['"route": null,\n      "permission": "orders:audit",\n      "decidedBefore": null,'],
  },
  {
    name: "a wildcard that gives permissions that no row names",
    args: ["diff", "old", "--fail-on", "widening"],
    files: {
      ...SMALL,
      "policies/orders.csv": `${SMALL["policies/orders.csv"]}p, role:clerk, refunds:*, allow\n`,
      "old/orders.csv": SMALL["policies/orders.csv"],
    },
    code: 2,
    stdout: ["group:staff\n  wider    permission refunds:*  not granted -> allowed\n"],
  },
  {
    name: "new users who no longer land in a group that denies",
    args: ["diff", "old", "--fail-on", "widening"],
    files: withoutLanding("p, group:contractors, orders:read, deny\n"),
    code: 2,
    stdout: [
      "  wider    removed: g3, *@partner.example, group:contractors  (old/orders.csv:7; the group leads to a deny row; it no longer prevents auto-confirm)\n",
    ],
  },
  {
    name: "new users who no longer land in a group that allows",
    args: ["diff", "old", "--fail-on", "widening"],
    files: withoutLanding("p, group:contractors, orders:own, allow\n"),
    code: 0,
    stdout: [
      "  narrower removed: g3, *@partner.example, group:contractors  (old/orders.csv:7; it no longer prevents auto-confirm)\n",
    ],
  },
  {
    name: "a group that gets another IAM role",
    args: ["diff", "old", "--fail-on", "widening"],
    files: withGroups("staff: { iamRole: Admin }\n", "staff: { iamRole: Clerk }\n"),
    code: 2,
    stdout: ["groups.yaml\n  wider    IAM role or precedence changes: staff; review it"],
  },
  {
    name: "a group that has another description",
    args: ["diff", "old"],
    files: withGroups("staff: { description: a }\n", "staff: { description: b }\n"),
    code: 0,
    stdout: ["no difference"],
  },
  {
    name: "a revision that is empty, as where a variable of CI is not set",
    args: ["diff", ""],
    files: SMALL,
    code: 1,
    stderr: ["an argument is empty"],
  },
  {
    name: "a directory that is said to be one, and is not there",
    args: ["diff", "./main"],
    files: SMALL,
    code: 1,
    stderr: ["the directory `./main` does not exist"],
  },
  {
    name: "a request that only a coarser route takes",
    args: ["can", "group:customers", "DELETE /users"],
    files: COARSE,
    code: 0,
    stdout: ["allow: policies/orders.csv:1  p, role:customer, app:use, allow\n"],
    stderr: ["DELETE /users is decided by the rows of ANY /{proxy+}\n"],
  },
  {
    name: "a request that only $default takes",
    args: ["explain", "group:customers", "POST /"],
    files: COARSE,
    code: 0,
    stdout: ["allow  opened by app:use\n  route     POST / is decided by the rows of $default\n"],
  },
  {
    name: "a route without a row of its own, by its placeholders",
    args: ["who-can", "PUT /users/{userId}", "--format", "json"],
    files: COARSE,
    code: 0,
    stdout: ['"asked": "PUT /users/{userId}",\n    "route": "ANY /{proxy+}",'],
  },
  {
    name: "a public route is open, whoever asks",
    args: ["can", "group:staff", "GET /health"],
    files: OPEN,
    code: 0,
    stdout: ["allow: the route is public, so it has no authorizer and allows everyone\n"],
  },
  {
    name: "what an authorizer says of a public route",
    args: ["explain", "group:staff", "GET /health"],
    files: OPEN,
    code: 0,
    stdout: ["  if asked  an authorizer on this route would answer deny\n"],
  },
  {
    name: "the same, for a program",
    args: ["can", "group:staff", "GET /health", "--format", "json"],
    files: OPEN,
    code: 0,
    stdout: ['"effect": "allow"', '"authorizer": "deny"', '"reason": "route_without_permission"'],
  },
  {
    name: "everybody who may call a public route",
    args: ["who-can", "GET /health"],
    files: OPEN,
    code: 0,
    stdout: ["group:staff         open to everyone\n"],
  },
  {
    name: "a test that expects a public route to be denied",
    args: ["test"],
    files: testingOpen(STAFF, "suites: [{ name: A, routes: [GET /health], allow: { staff: '*' } }]"),
    code: 4,
    stdout: [
      "nobody on GET /health: expected deny, found allow: the route is public\n",
      "1 passed, 1 failed",
    ],
  },
  {
    name: "every route is every route, the public ones as well",
    args: ["test"],
    files: testingOpen("invariants: [{ never: [role:out], reach: '*' }]"),
    code: 4,
    stdout: ["a token with role:out reaches GET /health: open to everyone\n"],
  },
  {
    name: "every permission, also one that opens no route",
    args: ["test"],
    files: {
      ...testing("invariants: [{ never: ['group:out'], hold: '*' }]"),
      "policies/orders.csv": `${SMALL["policies/orders.csv"]}p, group:out, orders:audit, allow\n`,
    },
    code: 4,
    stdout: ["a token with group:out reaches orders:audit: allowed\n"],
  },
  {
    name: "every route that is guarded",
    args: ["test"],
    files: testingOpen("invariants: [{ never: [role:out], reach: guarded }]"),
    code: 0,
    stdout: ["1 passed, 0 failed"],
  },
  {
    name: "a public route is not for some only, and not even for signed-in users only",
    args: ["test"],
    files: testingOpen("invariants: [{ only: [role:authenticated, role:machine], reach: GET /health }]"),
    code: 4,
    stdout: ["a caller without a token reaches GET /health: open to everyone\n"],
  },
  {
    name: "an invariant of a route without a row of its own, on each route that decides its requests",
    args: ["test"],
    files: {
      ...COARSE,
      "policies/tests/a.test.yaml": "invariants: [{ only: [group:customers], reach: 'ANY /admin/{name}' }]\n",
    },
    code: 4,
    stdout: ["reaches ANY /admin/{name} (decided by GET /admin/users): allowed\n"],
  },
  {
    name: "a revision that nobody knows",
    args: ["diff", "no-such-branch"],
    files: SMALL,
    code: 1,
    stderr: ["`no-such-branch` is neither a directory nor a revision that git knows"],
  },
];
