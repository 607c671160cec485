import { principalTagWritable } from "../../../../../../src/tools/lint/rules/service/principal-tag-writable.ts";
import { atLine, found } from "./support.ts";

const tagged = (tags: Record<string, string>, writeAttributes: readonly string[] | undefined) => ({
  identityPool: {
    roles: [],
    principalTags: Object.entries(tags).map(([tag, claim]) => ({ tag, claim, at: atLine(6) })),
    rules: [],
  },
  clients: [
    { name: "careful", writeAttributes: [], scopes: [] },
    { name: "web", writeAttributes, scopes: [] },
  ],
});

describe("principal-tag-writable", () => {
  it("finds a tag from an attribute that users may write", () => {
    expect(
      found(principalTagWritable, "", tagged({ tenant: "custom:tenant_id" }, ["custom:tenant_id"])),
    ).toEqual([
      "serverless.yml:6:1: the principal tag `tenant` is copied from `custom:tenant_id`, which users of the app client `web` may write; " +
        "remove `custom:tenant_id` from the app client's `WriteAttributes`, or the tag",
    ]);
  });

  it("takes a client without a list for one that lets users write everything", () => {
    expect(found(principalTagWritable, "", tagged({ mail: "email" }, undefined))).toEqual([
      "serverless.yml:6:1: the principal tag `mail` is copied from `email`, which users of the app client `web` may write; " +
        "give the app client a `WriteAttributes` list without `email`",
    ]);
  });

  it("accepts what no client may write, and claims that are not attributes", () => {
    expect(found(principalTagWritable, "", tagged({ tenant: "custom:tenant_id" }, ["email"]))).toEqual([]);
    expect(found(principalTagWritable, "", tagged({ sub: "sub", client: "aud" }, undefined))).toEqual([]);
    expect(found(principalTagWritable, "", {})).toEqual([]);
  });
});
