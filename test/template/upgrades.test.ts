import { readFileSync } from "node:fs";
import { readTemplate } from "../../src/tools/cloudformation/template.ts";
import { printReplacement, replacedResources } from "../../src/tools/template-checks/upgrades/replaced.ts";
import { pinOf, statefulOf } from "../../src/tools/template-checks/upgrades/stateful.ts";
import { type Packaged, packageVariant } from "./packaging.ts";
import { PIN } from "./pin-file.ts";

let dev: Packaged;
const pinned: unknown = JSON.parse(readFileSync(PIN, "utf8"));

beforeAll(async () => {
  dev = await packageVariant("dev");
}, 300_000);

// The stack that somebody has deployed looks like the pin. If these fail, an update of it would lose something:
// undo the change, or read docs/template-checks.md, "Changing the pin".
describe("an update of the stack that was shipped before", () => {
  it("replaces, deletes and breaks nothing that users or apps depend on", () => {
    expect(replacedResources(pinned, dev.template).map(printReplacement)).toEqual([]);
  });

  it("is compared in everything that the stack has now: nothing new is left out of the pin", () => {
    const known = readTemplate(pinned).resources;
    // Groups come and go with the rows of the policy.
    const here = statefulOf(readTemplate(dev.template)).filter(
      ({ type }) => type !== "AWS::Cognito::UserPoolGroup",
    );
    expect(here.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
  });

  it("would lose the pool and all that is in it with another logical id, and every loss is named", () => {
    const text = JSON.stringify(dev.template).replaceAll(/(?<!::)\bUserPool\b/g, "CustomerPool");
    const lost = replacedResources(pinned, JSON.parse(text)).map(({ resource }) => resource);
    const inPool = statefulOf(readTemplate(pinned)).filter(
      ({ properties }) => JSON.stringify(properties["UserPoolId"]) === '{"Ref":"UserPool"}',
    );
    expect(lost).toEqual(expect.arrayContaining(["UserPool", "WebClient", "UserPoolDomain"]));
    expect(lost).toEqual(expect.arrayContaining(inPool.map(({ id }) => id)));
  });

  it("is safe where the policy gains a group", () => {
    const { Resources } = pinOf(readTemplate(dev.template));
    const group = {
      Type: "AWS::Cognito::UserPoolGroup",
      Properties: { UserPoolId: { Ref: "UserPool" }, GroupName: "new" },
    };
    expect(replacedResources(pinned, { Resources: { ...Resources, NewGroup: group } })).toEqual([]);
  });
});
