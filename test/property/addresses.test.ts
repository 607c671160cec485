import { newEnforceContext, newEnforcer, newModelFromString } from "casbin";
import fc from "fast-check";
import { groupsForAddress, mayClaimAddress } from "../../src/policy/sign-up.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL, policyFrom } from "../support/policy.ts";

const open = policyFrom(`
p2, *, allow
p2, mark.sk@example.com, deny
g3, *@example.com, group:staff
g3, mark.sk@example.com, group:admins
`);

/** Characters that fold to ASCII letters in some folding, or mean something in an address. */
const suspicious = fc.constantFrom(
  ...'aAkKsS\u212a\u017f\u0130\u0131\u00e5\u212b\uff4b.@+"\\()<>:;,%!=?* \t\0'.split(""),
);

const local = fc.array(fc.oneof(suspicious, fc.string({ unit: "binary", maxLength: 2 })), { maxLength: 8 });
const domain = fc.constantFrom(
  "example.com",
  "EXAMPLE.com",
  "e\u212aample.com",
  "example.com.",
  "other.example",
);
const address = fc.tuple(local, domain).map(([parts, at]) => `${parts.join("")}@${at}`);

it("an address that an allow or a landing row matches is an ASCII dot-atom at a domain", () => {
  let allowed = 0;
  fc.assert(
    fc.property(address, (email) => {
      if (mayClaimAddress(open, email).effect === "deny" && groupsForAddress(open, email).length === 0)
        return;
      allowed += 1;
      expect(email).toMatch(/^[\w#$&'+/=?^`{|}~.-]{1,64}@[A-Za-z0-9.-]+$/);
      expect(email).not.toMatch(/\.\.|^\.|\.@|=\?/);
    }),
    drawn(2_000),
  );
  expect(allowed).toBeGreaterThan(partOf(20));
});

/** Each letter as it is, in the other case, or as one that Unicode folds to it. */
const spelled = (text: string) =>
  fc
    .tuple(
      ...Array.from(text, (letter) =>
        fc.constantFrom(letter, letter.toUpperCase(), FOLDS_TO[letter] ?? letter),
      ),
    )
    .map((letters) => letters.join(""));
const FOLDS_TO: Readonly<Record<string, string>> = { k: "\u212a", s: "\u017f", i: "\u0130" };

const wrapped: readonly ((local: string, domain: string) => string)[] = [
  (user, at) => `${user}@${at}`,
  (user, at) => `"${user}"@${at}`,
  (user, at) => `"\\${user}"@${at}`,
  (user, at) => `${user}(note)@${at}`,
  (user, at) => `(note)${user}@${at}`,
  (user, at) => `${user}@(note)${at}`,
  (user, at) => `${user}@${at}.`,
  (user, at) => `${user} @${at}`,
  (user, at) => ` ${user}@${at} `,
  (user, at) => `<${user}@${at}>`,
  (user, at) => `Mark <${user}@${at}>`,
  (user, at) => `@relay.example:${user}@${at}`,
  (user, at) => `=?utf-8?q?${user}?=@${at}`,
  (user, at) => `${user.replace(".", '"."')}@${at}`,
];

it("a denied address stays denied in every case, quotation and decoration", () => {
  fc.assert(
    fc.property(spelled("mark.sk"), spelled("example.com"), fc.constantFrom(...wrapped), (user, at, wrap) => {
      expect(mayClaimAddress(open, wrap(user, at)).effect).toBe("deny");
    }),
    drawn(1_000),
  );
});

/** Docs/policies.md once more, sharing no code: does the pattern match the address, both in lower case? */
function naive(address: string, pattern: string): boolean {
  if (pattern === "*") return true;
  const [local, domain = ""] = [pattern.slice(0, pattern.indexOf("@")), pattern.split("@")[1]];
  const [user, at = ""] = address.split("@");
  if (local !== "*" && local !== user) return false;
  return domain.startsWith("*.") ? at.endsWith(domain.slice(1)) && at !== domain.slice(2) : at === domain;
}

const someDomain = fc
  .array(fc.constantFrom("a", "b", "aa", "xn--bcher-kva"), { minLength: 2, maxLength: 4 })
  .map((labels) => labels.join("."));
const somePattern = fc.oneof(
  fc.constant("*"),
  someDomain.map((at) => `*@${at}`),
  someDomain.map((at) => `*@*.${at}`),
  fc.constantFrom("*@*.a", "*@*.b"),
  someDomain.map((at) => `eve@${at}`),
);

it("the index, a naive judge and stock casbin agree on who may sign up, and on the rows", async () => {
  const seen = { allow: 0, deny: 0, determined: 0 };
  const row = fc.tuple(somePattern, fc.constantFrom("allow", "deny"));
  const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: String });
  const asked = fc.tuple(fc.constantFrom("eve", "bob"), someDomain).map((parts) => parts.join("@"));
  const property = fc.asyncProperty(
    rows,
    fc.array(asked, { minLength: 8, maxLength: 8 }),
    async (own, all) => {
      const policy = policyFrom(own.map((fields) => ["p2", ...fields].join(", ")).join("\n"));
      const model = newModelFromString(MODEL.text);
      model.addPolicies(
        "p",
        "p2",
        own.map((fields) => [...fields]),
      );
      const stock = await newEnforcer(model);
      await stock.addFunction("matches", (address: string, pattern: string) => naive(address, pattern));
      for (const email of all) {
        const { effect, determining } = mayClaimAddress(policy, email);
        expect(stock.enforceSync(newEnforceContext("2"), email)).toBe(effect === "allow");
        const matching = own.filter(([pattern]) => naive(email, pattern));
        const denying = matching.filter(([, one]) => one === "deny");
        const expected = (denying.length > 0 ? denying : matching).map((fields) =>
          ["p2", ...fields].join(", "),
        );
        expect(determining.map((one) => one.row).sort()).toEqual(expected.sort());
        seen[effect] += 1;
        seen.determined += Math.sign(determining.length);
      }
    },
  );
  await fc.assert(property, drawn(500));
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(partOf(200));
});
