import { readTemplate } from "../../../../../src/tools/cloudformation/template.ts";
import { environmentSize } from "../../../../../src/tools/template-checks/checks/environment-size.ts";
import { foundBy, lambda, ref, resource, userPool } from "../checking.ts";

const found = (variables: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}) =>
  foundBy("environment-size", { Orders: lambda({ Environment: { Variables: variables } }), ...rest });

/** Of `A`: two braces, quotes around name and value, a colon, and the comma that a second one would have. */
const OVERHEAD = Buffer.byteLength('{"A":"",}');

describe("environment-size", () => {
  it("takes 4,096 bytes, and refuses one more, with the largest variables", () => {
    expect(found({ A: "x".repeat(4096 - OVERHEAD) })).toEqual([]);
    expect(found({ A: "x".repeat(4097 - OVERHEAD) })).toEqual([
      "Orders.Environment.Variables: has about 4097 bytes, and Lambda accepts 4096; the largest are `A` (4094)",
    ]);
    const [message = ""] = found({ B: "x".repeat(2000), A: "y".repeat(3000), C: "z", D: "z", E: "zz" });
    expect(message).toMatch(/the largest are `A` \(\d+\), `B` \(\d+\), `E` \(\d+\)$/);
  });

  it("counts bytes, and quotes as Lambda writes them", () => {
    expect(found({ A: "\u00e9".repeat(2040) })).toEqual([]);
    expect(found({ A: "\u00e9".repeat(2060) })).toHaveLength(1);
    expect(found({ A: '"'.repeat(2060) })).toHaveLength(1);
  });

  it("estimates what the deployment fills in, and takes the longer branch of a condition", () => {
    const pool = { Pool: userPool(), Table: resource("DynamoDB::Table", {}) };
    const room = (value: unknown) => {
      for (let size = 4096; size > 0; size -= 1) {
        if (found({ A: { "Fn::Join": ["", ["x".repeat(size), value]] } }, pool).length === 0)
          return 4096 - OVERHEAD - size;
      }
      return undefined;
    };
    expect(room(ref("Pool"))).toBe(24);
    expect(room(ref("Table"))).toBe(100);
    expect(room(ref("AWS::Region"))).toBe(14);
    expect(room({ "Fn::Sub": "${AWS::AccountId}/${Pool}" })).toBe(12 + 1 + 24);
    const long = "x".repeat(5000);
    const branches = { A: { "Fn::If": ["C", "", long] } };
    const template = readTemplate({
      Resources: { Orders: lambda({ Environment: { Variables: branches } }) },
    });
    const context = { publicRoutes: new Set<string>(), keepsUsers: false };
    expect([...environmentSize.check(template, context)]).toHaveLength(1);
    expect(found({ A: { "Fn::ImportValue": "x" } })).toEqual([]);
  });

  it("accepts functions without variables", () => {
    expect(foundBy("environment-size", { Orders: lambda() })).toEqual([]);
  });
});
