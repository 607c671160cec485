import { appClient, foundBy } from "../checking.ts";

const trigger = {
  Type: "AWS::Lambda::Function",
  Properties: {
    Environment: {
      Variables: { CLAIMGATE_DIRECTORIES: '{"Corp":{"attribute":"custom:groups","form":"ids"}}' },
    },
  },
};
const found = (client: Readonly<Record<string, unknown>>, id = "directory-attribute-writable") =>
  foundBy(id, { Trigger: trigger, Web: appClient(client) });

describe("directory-attribute-writable", () => {
  it("finds a client that may write the attribute and signs users in by other ways than OAuth", () => {
    expect(found({ WriteAttributes: ["custom:groups"], ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] })).toEqual(
      [
        "Web.WriteAttributes: lets users write `custom:groups`, and so give themselves groups of their directory: `ExplicitAuthFlows` has `ALLOW_USER_SRP_AUTH`",
      ],
    );
    expect(found({ WriteAttributes: ["email"], ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] })).toEqual([]);
  });

  it("accepts a client that signs in over OAuth only, and so does client-writes", () => {
    const client = { WriteAttributes: ["custom:groups"], ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] };
    expect(found(client)).toEqual([]);
    expect(found(client, "client-writes")).toEqual([]);
  });
});
