import fc from "fast-check";
import { groupsForAddress, mayClaimAddress } from "../../src/policy/sign-up.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { policyFrom } from "../support/policy.ts";

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
