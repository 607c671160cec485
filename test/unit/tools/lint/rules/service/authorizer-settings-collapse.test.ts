import { authorizerSettingsCollapse } from "../../../../../../src/tools/lint/rules/service/authorizer-settings-collapse.ts";
import { atLine, authorizer, found } from "./support.ts";

const REST = {
  gateway: "rest",
  name: "rest",
  simpleResponses: undefined,
  payloadVersion: undefined,
} as const;
const TOKEN = "method.request.header.Authorization";

describe("authorizer-settings-collapse", () => {
  const check = (...parts: Parameters<typeof authorizer>[0][]) =>
    found(authorizerSettingsCollapse, "", {
      authorizers: parts.map((part, index) =>
        authorizer({ ...REST, identitySources: [TOKEN], at: atLine(10 + index), ...part }),
      ),
    });

  it("finds the measured case: a hardened event between two plain ones loses its settings", () => {
    const plain = { type: "token", stringForm: true, resultTtl: undefined, identitySources: [] } as const;
    const hardened = { resultTtl: 0, identitySources: [TOKEN, "context.path"] };
    expect(check(plain, hardened, plain)).toEqual([
      "serverless.yml:11:1: the settings of `rest` are dropped: the event at serverless.yml:12 has another `type`, " +
        "`resultTtlInSeconds`, `identitySource`, and the last event wins; write the settings once and refer to " +
        "them from every event, as in `authorizer: &rest ...` and `authorizer: *rest`",
    ]);
  });

  it("finds names that become one logical name", () => {
    expect(check({ name: "rest" }, { name: "Rest", resultTtl: 5 })).toHaveLength(1);
  });

  it("accepts equal settings, defaults written out, and other names", () => {
    expect(check({}, {})).toEqual([]);
    expect(check({ resultTtl: 300 }, { resultTtl: undefined, identitySources: [] })).toEqual([]);
    expect(check({ name: "a" }, { name: "b", resultTtl: 5 })).toEqual([]);
    expect(check({ gateway: "http" }, { gateway: "http", resultTtl: 5 })).toEqual([]);
  });
});
