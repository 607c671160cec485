import {
  isSubject,
  issuedName,
  machineSubjects,
  ownName,
  tokenSubjects,
  userSubjects,
} from "../../../src/policy/subject.ts";

it.each(["group:a", "role:a", "user:a", "client:a", "scope:a", "group:a:b", "scope:a/b"])(
  "%s is a subject",
  (text) => {
    expect(isSubject(text)).toBe(true);
  },
);

it.each(["", "a", "role", "rolex", "role:", ":", ":a", "rol:a", "Role:a", "roles:a", "role a:b"])(
  "`%s` is not a subject",
  (text) => {
    expect(isSubject(text)).toBe(false);
  },
);

describe("a name of one pool among several", () => {
  it("begins with the pool's alias, and without an alias it is the name", () => {
    expect(issuedName("main", "admin")).toBe("main/admin");
    expect(issuedName(undefined, "admin")).toBe("admin");
  });

  it.each([
    ["main", "main/admin", "admin"],
    ["main", "main/a/b", "a/b"],
    ["main", "main/a", "a"],
    ["main", "main/", undefined],
    ["main", "main", undefined],
    ["main", "mainly/admin", undefined],
    ["main", "admin", undefined],
    ["main", "legacy/main/admin", undefined],
    [undefined, "main/admin", "main/admin"],
  ])("of the pool %s: %s is its %s", (alias, name, own) => {
    expect(ownName(alias, name)).toBe(own);
  });
});

describe("the subjects of a token", () => {
  it("of a user are the built-in role, the user and the groups", () => {
    const user = { kind: "user", sub: "u1", groups: ["a", "b"] } as const;
    expect(tokenSubjects(user)).toEqual(["role:authenticated", "user:u1", "group:a", "group:b"]);
    expect(tokenSubjects({ ...user, poolAlias: "main" })).toEqual([
      "role:authenticated",
      "user:main/u1",
      "group:main/a",
      "group:main/b",
    ]);
  });

  it("of a machine are the built-in role, its client if it has a name, and its scopes", () => {
    const machine = { client: "batch", scopes: ["orders/read"], poolAlias: "main" };
    expect(tokenSubjects({ kind: "machine", ...machine })).toEqual([
      "role:machine",
      "client:batch",
      "scope:main/orders/read",
    ]);
    expect(machineSubjects({ client: undefined, scopes: ["a"] })).toEqual(["role:machine", "scope:a"]);
  });
});

it("subjects are not made from the former name of the pool alias, which would drop the alias", () => {
  const user = { sub: "u1", groups: ["admin"], issuer: "main" };
  const machine = { client: "batch", scopes: [], issuer: "main" };
  const refusal = "option `issuer` was renamed to `poolAlias`; rename it";
  expect(() => userSubjects(user)).toThrow(refusal);
  expect(() => machineSubjects(machine)).toThrow(refusal);
});
