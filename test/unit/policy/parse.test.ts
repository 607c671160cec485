import { printFinding } from "../../../src/policy/finding.ts";
import { parsePolicy, parseRows } from "../../../src/policy/parse.ts";

function findings(text: string): string[] {
  return parseRows("roles.csv", text).findings.map(printFinding);
}

describe("a policy file that is right", () => {
  it("gives each kind of row with its place", () => {
    const text = [
      "# comment",
      "",
      "p, role:viewer, orders:read, allow",
      "p, role:viewer, orders:*, deny, {userId}!=sub&{tenantId}=tenant_id",
      "g, group:staff, role:viewer",
      "g2, GET /orders/{orderId}, orders:read",
      "g2, $default, public",
      "p2, *@example.com, allow",
      "g3, boss@example.com, group:staff",
    ].join("\n");
    const { rows, findings: none } = parseRows("roles.csv", text);
    expect(none).toEqual([]);
    expect(rows.map((row) => `${row.line} ${row.text}`)).toEqual([
      "3 p, role:viewer, orders:read, allow",
      "4 p, role:viewer, orders:*, deny, {userId}!=sub&{tenantId}=tenant_id",
      "5 g, group:staff, role:viewer",
      "6 g2, GET /orders/{orderId}, orders:read",
      "7 g2, $default, public",
      "8 p2, *@example.com, allow",
      "9 g3, boss@example.com, group:staff",
    ]);
    expect(rows[1]).toMatchObject({
      condition: [
        { parameter: "userId", claim: "sub", negated: true },
        { parameter: "tenantId", claim: "tenant_id", negated: false },
      ],
    });
    expect(rows.at(-1)).toMatchObject({ group: "staff" });
  });

  it("may have Windows line endings, a byte order mark, tabs and no blanks at all", () => {
    const { rows, findings: none } = parseRows(
      "roles.csv",
      "\uFEFFp,role:a,x:y,allow\r\n\tp ,\trole:b , x:y,deny \r\n",
    );
    expect(none).toEqual([]);
    expect(rows.map((row) => row.fields)).toEqual([
      ["role:a", "x:y", "allow"],
      ["role:b", "x:y", "deny"],
    ]);
  });

  it("may quote a group's name that holds a comma or a quote", () => {
    const { rows, findings: none } = parseRows("groups.csv", 'g, "group:a, ""b""-c", role:x');
    expect(none.map(printFinding)).toEqual([
      'groups.csv:1:11: `group:a, "b"-c`: a Cognito group name has 1 to 128 characters and no spaces; correct the name [subject-name]',
    ]);
    expect(rows).toEqual([]);
    const right = parseRows("groups.csv", 'g, "group:a,""b""-c", role:x');
    expect(right.rows[0]).toMatchObject({ member: 'group:a,"b"-c', text: 'g, "group:a,""b""-c", role:x' });
  });
});

describe("a mistake is a finding that names the place and the likely fix", () => {
  const cases: [mistake: string, line: string, finding: string][] = [
    [
      "unknown row type",
      "q, a, b",
      "1:1: unknown row type `q`; expected one of p, g, g2, p2, g3, p3, g4; begin every row with its type; policy files have no header row [unknown-row-type]",
    ],
    [
      "upper-case row type",
      "P, role:a, x:y, allow",
      "1:1: unknown row type `P`; expected one of p, g, g2, p2, g3, p3, g4; did you mean `p`? [unknown-row-type]",
    ],
    [
      "header row",
      "ptype, sub, perm",
      "1:1: unknown row type `ptype`; expected one of p, g, g2, p2, g3, p3, g4; begin every row with its type; policy files have no header row [unknown-row-type]",
    ],
    [
      "semicolons",
      "p; role:a; x:y; allow",
      "1:1: unknown row type `p; role:a; x:y; allow`; expected one of p, g, g2, p2, g3, p3, g4; separate the columns with commas [unknown-row-type]",
    ],
    [
      "a comment of another language",
      "// comment",
      "1:1: unknown row type `// comment`; expected one of p, g, g2, p2, g3, p3, g4; a comment begins with `#` [unknown-row-type]",
    ],
    [
      "a comment of SQL",
      "-- comment",
      "1:1: unknown row type `-- comment`; expected one of p, g, g2, p2, g3, p3, g4; a comment begins with `#` [unknown-row-type]",
    ],
    [
      "too few columns",
      "p, role:a, x:y",
      "1:12: the `p` row has 2 columns; the effect is missing; write `p, subject, permission, effect, [condition]` [too-few-columns]",
    ],
    [
      "only a subject",
      "p, role:a",
      "1:4: the `p` row has one column; the permission is missing; write `p, subject, permission, effect, [condition]` [too-few-columns]",
    ],
    [
      "only a type",
      "g",
      "1:1: the `g` row has 0 columns; the member is missing; write `g, member, role` [too-few-columns]",
    ],
    [
      "too many columns",
      "g, group:a, role:b, role:c",
      "1:21: a `g` row has at most 2 columns; `role:c` is one too many; write `g, member, role`, with one row for each case [too-many-columns]",
    ],
    [
      "trailing comma",
      "p, role:a, x:y, allow,",
      "1:23: the condition is empty; remove the comma at the end of the line [empty-field]",
    ],
    [
      "empty field",
      "p, , x:y, allow",
      "1:4: the subject is empty; write `p, subject, permission, effect, [condition]` [empty-field]",
    ],
    [
      "trailing comma for a column that is needed",
      "p, role:a, x:y,",
      "1:16: the effect is empty; write `p, subject, permission, effect, [condition]` [empty-field]",
    ],
    [
      "empty field before a condition",
      "p, role:a, x:y, , {a}=sub",
      "1:17: the effect is empty; write `p, subject, permission, effect, [condition]` [empty-field]",
    ],
    [
      "comment in a column",
      "g, group:a, role:b, # for now",
      "1:21: a `g` row has at most 2 columns; `# for now` is one too many; put the comment on a line of its own [too-many-columns]",
    ],
    [
      "split permission in a row of another type",
      "g, group:a, orders, read",
      "1:21: a `g` row has at most 2 columns; `read` is one too many; write `g, member, role`, with one row for each case [too-many-columns]",
    ],
    [
      "comment after a row",
      "p, role:a, x:y, allow # for now",
      "1:23: a comment after a row would become part of its last column; put the comment on a line of its own [inline-comment]",
    ],
    [
      "effect in other case",
      "p, role:a, x:y, Allow",
      "1:17: the effect is `Allow`; expected exactly `allow` or `deny`; did you mean `allow`? [effect]",
    ],
    [
      "effect `denied`",
      "p, role:a, x:y, denied",
      "1:17: the effect is `denied`; expected exactly `allow` or `deny`; did you mean `deny`? [effect]",
    ],
    [
      "effect that is nothing near",
      "p, role:a, x:y, yes",
      "1:17: the effect is `yes`; expected exactly `allow` or `deny`; write `allow` or `deny` [effect]",
    ],
    [
      "unprefixed subject",
      "p, admin, x:y, allow",
      "1:4: `admin` is not a subject; expected one of the prefixes `group:`, `role:`, `user:`, `client:`, `scope:`; did you mean `role:admin` or `group:admin`? [subject-prefix]",
    ],
    [
      "misspelt prefix",
      "p, rolle:admin, x:y, allow",
      "1:4: `rolle:admin` is not a subject; expected one of the prefixes `group:`, `role:`, `user:`, `client:`, `scope:`; did you mean `role:admin`? [subject-prefix]",
    ],
    [
      "star as subject",
      "p, *, x:y, allow",
      "1:4: `*` is not a subject; expected one of the prefixes `group:`, `role:`, `user:`, `client:`, `scope:`; for every signed-in user write `role:authenticated` [subject-prefix]",
    ],
    [
      "prefix without a name",
      "p, role:, x:y, allow",
      "1:4: `role:` is not a subject; expected one of the prefixes `group:`, `role:`, `user:`, `client:`, `scope:`; add a name after the colon [subject-prefix]",
    ],
    [
      "blank in a role",
      "p, role:my role, x:y, allow",
      "1:9: `role:my role`: a role name may contain only letters, digits and `. _ -`; correct the name [subject-name]",
    ],
    [
      "path instead of a permission",
      "p, role:a, /orders, allow",
      "1:12: `/orders` is not a permission; expected `resource:action`, `resource:*`, `*:action` or `*`; name a permission here; a `g2` row maps a route to it [permission-shape]",
    ],
    [
      "wildcard permission on a route",
      "g2, GET /x, orders:*",
      "1:13: `orders:*` is not a permission; expected `resource:action` or `public`; name a resource and an action, e.g. `orders:read` [permission-shape]",
    ],
    [
      "wildcard inside a resource",
      "p, role:a, ord*:read, allow",
      "1:12: `ord*:read` is not a permission; expected `resource:action`, `resource:*`, `*:action` or `*`; name a resource and an action, e.g. `orders:read` [permission-shape]",
    ],
    [
      "wildcard for resource and action",
      "p, role:a, *:*, allow",
      "1:12: `*:*` is not a permission; expected `resource:action`, `resource:*`, `*:action` or `*`; did you mean `*`? [permission-shape]",
    ],
    [
      "action of every resource on a route",
      "g2, GET /x, *:read",
      "1:13: `*:read` is not a permission; expected `resource:action` or `public`; name a resource and an action, e.g. `orders:read` [permission-shape]",
    ],
    [
      "literal in typographic quotes",
      "p, role:a, x:y, allow, {a}=sub&{env}=‘dev’",
      "1:32: `{env}=‘dev’` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; did you mean `{a}=sub&{env}='dev'`? [condition-shape]",
    ],
    [
      "age with a unit",
      "p, role:a, x:y, allow, max_age=5m",
      "1:24: `max_age=5m` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; did you mean `max_age=300`? [condition-shape]",
    ],
    [
      "age of no seconds",
      "p, role:a, x:y, allow, max_age=0",
      "1:24: `max_age=0` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; write the age of a sign-in in whole seconds, as in `max_age=300` [condition-shape]",
    ],
    [
      "blank in a literal",
      "p, role:a, x:y, allow, {env}='my env'",
      "1:24: `{env}='my env'` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; a literal is letters, digits and `. _ ~ -` in single quotes, as in `{env}='dev'` [condition-shape]",
    ],
    [
      "condition that is no comparison",
      "p, role:a, x:y, allow, userId=sub",
      "1:24: `userId=sub` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; write e.g. `{userId}=sub`; join several comparisons with `&` [condition-shape]",
    ],
    [
      "second comparison wrong",
      "p, role:a, x:y, allow, {a}=sub&{b}",
      "1:32: `{b}` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; write e.g. `{userId}=sub`; join several comparisons with `&` [condition-shape]",
    ],
    [
      "blanks in a condition",
      "p, role:a, x:y, allow, {a}=sub & {b}=tenant",
      "1:24: `{a}=sub ` is not a comparison; expected `{parameter}=claim`, `{parameter}='literal'` or `max_age=seconds`, each also with `!=`; write it without spaces, and join comparisons with `&` [condition-shape]",
    ],
    [
      "method in a column of its own",
      "p, role:a, orders, get",
      "1:12: the resource `orders` and the action `get` are in two columns; write the permission in one column, `resource:action`, and the effect in the next [permission-shape]",
    ],
    [
      "giving the role of every user",
      "g, group:a, role:authenticated",
      "1:13: `role:authenticated` follows from the kind of token and cannot be assigned; assign another role, and grant the permissions to that role [role-built-in]",
    ],
    [
      "reversed g",
      "g, role:viewer, group:staff",
      "1:17: `group:staff` is not a role; write `g, member, role`; swap the two columns if they are reversed [role-expected]",
    ],
    [
      "giving a built-in role",
      "g, group:a, role:machine",
      "1:13: `role:machine` follows from the kind of token and cannot be assigned; assign another role, and grant the permissions to that role [role-built-in]",
    ],
    [
      "route without a method",
      "g2, /orders, x:y",
      "1:5: `/orders` is not a route; put the method before it, as in `GET /orders` [route-shape]",
    ],
    [
      "lower-case method",
      "g2, get /orders, x:y",
      "1:5: `get` is not a method of a route; did you mean `GET /orders`? [route-shape]",
    ],
    [
      "method alternation",
      "g2, (GET)|(POST) /orders, x:y",
      "1:5: `(GET)|(POST)` is not a method of a route; use one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, ANY, with one row for each method [route-shape]",
    ],
    [
      "colon parameter",
      "g2, GET /orders/:id, x:y",
      "1:17: `:id` is not the syntax of a parameter; did you mean `GET /orders/{id}`? [route-shape]",
    ],
    [
      "star in a path",
      "g2, GET /orders/*, x:y",
      "1:17: `*` contains a wildcard, which a route cannot have; write `{name}` for one segment or `{name+}` for all that follow [route-shape]",
    ],
    [
      "greedy not last",
      "g2, GET /{all+}/x, x:y",
      "1:10: the greedy parameter `{all+}` is not the last segment; use `{all}`, or end the route here [route-shape]",
    ],
    [
      "parameter twice",
      "g2, GET /{id}/x/{id}, x:y",
      "1:17: the parameter `{id}` appears twice in the route; give each parameter its own name [route-shape]",
    ],
    [
      "trailing slash",
      "g2, GET /orders/, x:y",
      "1:17: the path has an empty segment; remove the double or trailing slash [route-shape]",
    ],
    [
      "bare domain",
      "p2, example.com, allow",
      "1:5: `example.com` is not an address pattern; did you mean `*@example.com`? [address-pattern]",
    ],
    [
      "domain after an @",
      "p2, @example.com, allow",
      "1:5: `@example.com` is not an address pattern; did you mean `*@example.com`? [address-pattern]",
    ],
    [
      "@ before a dot",
      "g3, a@.com, group:a",
      "1:5: `a@.com` is not an address pattern; write `*@domain`, `*@*.domain` for all domains below it, a whole address, or `*` for every address, in ASCII (domains as punycode) and without quotation marks, comments, `%` or `!` [address-pattern]",
    ],
    [
      "star inside an address",
      "p2, a*@example.com, allow",
      "1:5: `a*@example.com` is not an address pattern; write `*@domain`, `*@*.domain` for all domains below it, a whole address, or `*` for every address, in ASCII (domains as punycode) and without quotation marks, comments, `%` or `!` [address-pattern]",
    ],
    [
      "bare pattern of subdomains",
      "p2, *.example.com, allow",
      "1:5: `*.example.com` is not an address pattern; did you mean `*@*.example.com`? [address-pattern]",
    ],
    [
      "phone number with spaces",
      "p2, +49 30 901820, allow",
      "1:5: `+49 30 901820` is not a pattern for phone numbers; did you mean `+4930901820`? [address-pattern]",
    ],
    [
      "phone number without a country code",
      "g3, 030 901820, group:a",
      "1:5: `030 901820` is not a pattern for phone numbers; write `+49*` for all numbers that begin so, `+*` for every number, or a whole number: a plus sign, the country code, and digits only [address-pattern]",
    ],
    [
      "landing in a role",
      "g3, *@example.com, role:a",
      "1:20: `role:a` is not a group; a `g3` row adds new users to a Cognito group; write `group:NAME` [group-expected]",
    ],
    [
      "an app that is a group",
      "p3, group:a, x:y",
      "1:5: `group:a` is not an app client; a `p3` row says what an app may do on behalf of its users; write `client:NAME`; a `p` row grants permissions to other subjects [client-expected]",
    ],
    [
      "a scope with a prefix",
      "p3, client:a, x:y, scope:api/read",
      "1:20: `scope:api/read`: the scope of a `p3` row has no prefix; did you mean `api/read`? [scope-shape]",
    ],
    [
      "an app without a permission",
      "p3, client:a",
      "1:5: the `p3` row has one column; the permission is missing; write `p3, client, permission, [scope]` [too-few-columns]",
    ],
    [
      "open quote",
      'p, "role:a, x:y, allow',
      '1:4: the opening quote has no closing quote on this line; close it with `"` [unbalanced-quote]',
    ],
    [
      "quote inside",
      'p, role:"a", x:y, allow',
      "1:9: an unquoted field contains a quote; quote the whole field and double each quote inside it [unbalanced-quote]",
    ],
    [
      "text after a quote",
      'p, "role:a"b, x:y, allow',
      "1:12: something follows the closing quote of a field; put a comma after the closing quote, or quote the whole field [unbalanced-quote]",
    ],
    [
      "zero-width space",
      "p, role:a\u200B, x:y, allow",
      "1:10: the field contains the invisible character U+200B; delete it; only plain spaces are allowed between words [invisible-character]",
    ],
    [
      "no-break space",
      "p,\u00A0role:a, x:y, allow",
      "1:3: the field contains the invisible character U+00A0; delete it; only plain spaces are allowed between words [invisible-character]",
    ],
    [
      "unbalanced parenthesis",
      "p, group:a(b, x:y, allow",
      "1:11: the field has an unbalanced parenthesis, which makes casbin refuse the whole file; balance it or choose a name without parentheses [unbalanced-parenthesis]",
    ],
    [
      "old Macintosh line endings",
      "# comment\rp, role:a, x:y, deny",
      "1:10: a line contains a carriage return; save the file with LF or CRLF line endings [line-ending]",
    ],
  ];

  it.each(cases)("%s", (_mistake, line, finding) => {
    expect(findings(line)).toEqual([`roles.csv:${finding}`]);
    expect(parseRows("roles.csv", line).rows).toEqual([]);
  });

  it("is reported together with all others, each on its own line", () => {
    expect(findings("p, a, x:y, allow\n\np, role:a, x:y, no\n").map((text) => text.slice(0, 14))).toEqual([
      "roles.csv:1:4:",
      "roles.csv:3:17",
    ]);
  });
});

it.each<[line: string, edits: [meant: string, column: number, length: number, text: string][]]>([
  ["P, role:a, x:y, allow", [["p", 1, 1, "p"]]],
  ["p, role:a, x:y, Allow", [["allow", 17, 5, "allow"]]],
  ['p, "a,b", x:y, allow', [["group:a,b", 4, 5, '"group:a,b"']]],
  [
    "p, admin, x:y, allow",
    [
      ["role:admin", 4, 5, "role:admin"],
      ["group:admin", 4, 5, "group:admin"],
    ],
  ],
  ["p, role:a, orders, read", [["p, role:a, orders:read, allow", 12, 12, "orders:read, allow"]]],
  ['p, role:a, orders , "read", Deny', [["p, role:a, orders:read, deny", 12, 21, "orders:read, deny"]]],
])("a suggestion for %s replaces exactly what was mistaken", (line, edits) => {
  const [finding] = parseRows("a.csv", `\n${line}\n`).findings;
  expect(finding?.suggestions).toEqual(
    edits.map(([meant, column, length, text]) => ({
      meant,
      edits: [{ file: "a.csv", line: 2, column, length, text }],
    })),
  );
});

describe("the rows of a policy", () => {
  it("have the columns and lengths of their fields", () => {
    expect(parseRows("a.csv", '\np , "role:a",  x:y,allow').rows).toEqual([
      {
        type: "p",
        file: "a.csv",
        line: 2,
        fields: ["role:a", "x:y", "allow"],
        columns: [5, 16, 20],
        lengths: [8, 3, 5],
        text: "p, role:a, x:y, allow",
        subject: "role:a",
        permission: "x:y",
        effect: "allow",
        condition: undefined,
      },
    ]);
  });

  it("are in one order in whatever files and lines they are, and findings in the order of files", () => {
    const files = [
      { path: "b.csv", text: "p, role:b, x:y, allow\ng, group:a, role:a\nx" },
      { path: "a.csv", text: "p, role:a, x:y, allow\nP" },
    ];
    const read = (order: typeof files) => parsePolicy(order).rows.map(({ text }) => text);
    expect(read(files)).toEqual(["g, group:a, role:a", "p, role:a, x:y, allow", "p, role:b, x:y, allow"]);
    expect(read(files.toReversed())).toEqual(read(files));
    expect(parsePolicy(files).findings.map(({ file, line }) => `${file}:${line}`)).toEqual([
      "b.csv:3",
      "a.csv:2",
    ]);
  });
});
