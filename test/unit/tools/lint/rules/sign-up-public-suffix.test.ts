import { signUpPublicSuffix } from "../../../../../src/tools/lint/rules/sign-up-public-suffix.ts";
import { found } from "../linting.ts";

describe("sign-up-public-suffix", () => {
  it("finds patterns for every domain below a public suffix, in rows that allow or give a group", () => {
    expect(found(signUpPublicSuffix, ["p2, *@*.Com, allow", "g3, *@*.co.uk, group:staff"])).toEqual([
      "1:5: `com` is a public suffix: anyone who registers a domain below it matches `*@*.Com` and may sign up; name the domains, as in `*@example.com` or `*@*.example.com`",
      "2:5: `co.uk` is a public suffix: anyone who registers a domain below it matches `*@*.co.uk` and is put in `group:staff`; name the domains, as in `*@example.co.uk` or `*@*.example.co.uk`",
    ]);
  });

  it.each(["github.io", "xn--p1ai", "xn--55qx5d.cn", "no-such-top-level-domain"])(
    "knows %s, where people also register names",
    (suffix) => {
      expect(found(signUpPublicSuffix, [`p2, *@*.${suffix}, allow`])).toHaveLength(1);
    },
  );

  it("finds nothing in rows that deny, and in patterns of domains that have an owner", () => {
    expect(
      found(signUpPublicSuffix, [
        "p2, *@*.zip, deny",
        "p2, *@*.example.com, allow",
        "p2, *@*.example.co.uk, allow",
        "p2, *@github.io, allow",
        "p2, *, allow",
        "g3, *@*.example.github.io, group:staff",
      ]),
    ).toEqual([]);
  });
});
