import { domainOf, groupsForAddress, mayClaimAddress } from "../../../src/policy/sign-up.ts";
import { policyFrom } from "../../support/policy.ts";

const policy = policyFrom(`
p2, *@example.com, allow
p2, mallory@example.com, deny
g3, *@example.com, group:customers
g3, boss@example.com, group:admins
`);

describe("who may sign up", () => {
  it.each([
    ["a@example.com", "allow"],
    ["A@EXAMPLE.COM", "allow"],
    ["a+tag@example.com", "allow"],
    ["mallory@example.com", "deny"],
    ["Mallory@Example.Com", "deny"],
    ["mallory+tag@example.com", "allow"],
    ["a@sub.example.com", "deny"],
    ["a@example.com.evil.test", "deny"],
    ["a@evilexample.com", "deny"],
    ["a@example.com@evil.test", "deny"],
    ["a@evil.test@example.com", "deny"],
    ["a@exämple.com", "deny"],
    ["a@example.com ", "deny"],
    ["a@example.com\n", "deny"],
    ["@example.com", "deny"],
    ["*@example.com", "deny"],
    ["o'brien+news=1/x@example.com", "allow"],
    // Folded, U+212A is a `k` and U+017F an `s`.
    ["mar\u212a@example.com", "deny"],
    ["jörg@example.com", "deny"],
    ["a@\u212ample.com", "deny"],
    ['"mallory"@example.com', "deny"],
    ['"a b"@example.com', "deny"],
    ["mallory(comment)@example.com", "deny"],
    ["(comment)mallory@example.com", "deny"],
    ["<mallory@example.com>", "deny"],
    ["@evil.test:mallory@example.com", "deny"],
    ["mallory%evil.test@example.com", "deny"],
    ["evil.test!mallory@example.com", "deny"],
    ["=?utf-8?q?mallory=40evil.test?=@example.com", "deny"],
    [".mallory@example.com", "deny"],
    ["mallory.@example.com", "deny"],
    ["mal..lory@example.com", "deny"],
    ["mallory@example.com.", "deny"],
    [`${"a".repeat(64)}@example.com`, "allow"],
    [`${"a".repeat(65)}@example.com`, "deny"],
    ["", "deny"],
  ])("%j: %s", (email, effect) => {
    expect(mayClaimAddress(policy, email).effect).toBe(effect);
  });

  it("is nobody without a row", () => {
    expect(mayClaimAddress(policyFrom("g, group:a, role:b"), "a@example.com").effect).toBe("deny");
  });

  it("is everyone with `*`, except those who are denied", () => {
    const open = policyFrom("p2, *, allow\np2, *@spam.test, deny");
    expect(mayClaimAddress(open, "a@b.example").effect).toBe("allow");
    expect(mayClaimAddress(open, "a@spam.test").effect).toBe("deny");
    expect(mayClaimAddress(open, "not an address").effect).toBe("deny");
  });

  it("comes with the rows that said so", () => {
    expect(mayClaimAddress(policy, "mallory@example.com").determining.map(({ row }) => row)).toEqual([
      "p2, mallory@example.com, deny",
    ]);
  });
});

describe("a pattern for subdomains", () => {
  const schools = policyFrom(`
p2, *@*.example.edu, allow
p2, *@*.mailinator.com, deny
p2, *@mailinator.com.example.edu, deny
g3, *@*.example.edu, group:students
`);

  it.each([
    ["a@cs.example.edu", "allow"],
    ["A@CS.Example.EDU", "allow"],
    ["a@lab.cs.example.edu", "allow"],
    ["a@xn--bcher-kva.example.edu", "allow"],
    ["a@example.edu", "deny"],
    ["a@csexample.edu", "deny"],
    ["a@cs.example.edu.evil.test", "deny"],
    ["a@evil.test@cs.example.edu", "deny"],
    ["a@.example.edu", "deny"],
    ["a@cs..example.edu", "deny"],
    ["a@*.example.edu", "deny"],
    ["a@bücher.example.edu", "deny"],
    ["a@cs.example.edu.", "deny"],
    ["a@mailinator.com.example.edu", "deny"],
    ["a@x.mailinator.com", "deny"],
  ])("%s: %s", (email, effect) => {
    expect(mayClaimAddress(schools, email).effect).toBe(effect);
  });

  it("gives its group below the domain, at any depth, and not at the domain itself", () => {
    expect(groupsForAddress(schools, "a@cs.example.edu")).toEqual(["students"]);
    expect(groupsForAddress(schools, "a@lab.cs.example.edu")).toEqual(["students"]);
    expect(groupsForAddress(schools, "a@example.edu")).toEqual([]);
  });
});

it("of 8,000 domains a question reads only the rows that match", () => {
  let reads = 0;
  const signUpRows = Array.from({ length: 8_000 }, (_, index) => ({
    file: "sign-up.csv",
    line: index + 1,
    ordinal: index,
    fields: [],
    effect: "deny" as const,
    get pattern() {
      reads += 1;
      return `*@${index % 2 === 0 ? "*." : ""}domain${index}.example`;
    },
  }));
  const ask = (email: string) => mayClaimAddress({ signUpRows }, email).determining.map(({ line }) => line);

  expect(ask("a@mail.domain4.example")).toEqual([5]);
  expect(reads).toBe(8_000);
  expect(ask("a@domain7.example")).toEqual([8]);
  expect(ask("a@domain4.example")).toEqual([]);
  expect(ask("a@other.example")).toEqual([]);
  expect(reads).toBe(8_000);
});

describe("where a new user lands", () => {
  it("is the union of all matching rows", () => {
    expect(groupsForAddress(policy, "Boss@example.com")).toEqual(["admins", "customers"]);
    expect(groupsForAddress(policy, "a@example.com")).toEqual(["customers"]);
    expect(groupsForAddress(policy, "a@example.org")).toEqual([]);
    expect(groupsForAddress(policy, "example.com")).toEqual([]);
  });
});

it("a letter outside ASCII gets nobody the groups of the address that it folds to", () => {
  const marked = policyFrom("p2, *, allow\ng3, mark@example.com, group:admins");

  expect(groupsForAddress(marked, "MARK@example.com")).toEqual(["admins"]);
  expect(groupsForAddress(marked, "mar\u212a@example.com")).toEqual([]);
});

it("the domain of an address is in lower case, and of anything else there is none", () => {
  expect(domainOf("a@Example.COM")).toBe("example.com");
  expect(domainOf("a@-bad-.com")).toBeUndefined();
  expect(domainOf("example.com")).toBeUndefined();
});

describe("the rows of a verdict", () => {
  const rows = (email: string) => mayClaimAddress(policy, email).determining.map(({ row }) => row);

  it("are those that deny where one denies, else those that allow, and none for a malformed address", () => {
    expect(rows("mallory@example.com")).toEqual(["p2, mallory@example.com, deny"]);
    expect(rows("a@example.com")).toEqual(["p2, *@example.com, allow"]);
    expect(rows("a@other.test")).toEqual([]);
    expect(mayClaimAddress(policy, "@")).toEqual({ effect: "deny", determining: [] });
  });
});
