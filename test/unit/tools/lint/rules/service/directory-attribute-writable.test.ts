import { directoryAttributeWritable } from "../../../../../../src/tools/lint/rules/service/directory-attribute-writable.ts";
import type { DirectoryProviders } from "../../../../../../src/triggers/directory-providers.ts";
import { atLine, found } from "./support.ts";

const directories: DirectoryProviders = new Map([["Corp", { attribute: "custom:groups", form: "ids" }]]);
const ROW = "g4, Corp/a, group:a";
const client = (name: string, writeAttributes: string[] | undefined, waysAroundOAuth: string[]) => ({
  name,
  at: atLine(7),
  scopes: [],
  writeAttributes,
  waysAroundOAuth,
});
const SRP = "`ExplicitAuthFlows` has `ALLOW_USER_SRP_AUTH`";

describe("directory-attribute-writable", () => {
  it("finds a client that may write the attribute and does not sign in over OAuth only", () => {
    const clients = [
      client("web", ["custom:groups"], [SRP]),
      client("old", undefined, [SRP]),
      client("oauth", ["custom:groups"], []),
      client("api", ["email"], [SRP]),
    ];
    const problems = found(directoryAttributeWritable, ROW, { directories, clients });
    expect(problems.map((one) => one.split(";")[0])).toEqual([
      `serverless.yml:7:1: users of the app client \`web\` may write \`custom:groups\`, and so give themselves groups: ${SRP}`,
      `serverless.yml:7:1: users of the app client \`old\` may write \`custom:groups\`, and so give themselves groups: ${SRP}`,
    ]);
  });

  it("finds a pre-sign-up that does not know the attribute", () => {
    expect(found(directoryAttributeWritable, ROW, { directories, signUpDirectories: [] })).toEqual([
      "serverless.yml:1:1: pre-sign-up does not know `custom:groups`, so a user who signs up may set it; give it the `CLAIMGATE_DIRECTORIES` of pre-token-generation",
    ]);
    expect(
      found(directoryAttributeWritable, ROW, { directories, signUpDirectories: ["custom:groups"] }),
    ).toEqual([]);
  });

  it("finds nothing without a row or a directory", () => {
    const clients = [client("web", undefined, [SRP])];
    expect(found(directoryAttributeWritable, "", { directories, clients, signUpDirectories: [] })).toEqual(
      [],
    );
    expect(found(directoryAttributeWritable, ROW, { directories: new Map(), clients })).toEqual([]);
    expect(found(directoryAttributeWritable, ROW, { clients })).toEqual([]);
  });
});
