import { simpleResponsesPayload } from "../../../../../../src/tools/lint/rules/service/simple-responses-payload.ts";
import { authorizer, found } from "./support.ts";

describe("simple-responses-payload", () => {
  const check = (simpleResponses: boolean | undefined, payloadVersion: string | undefined) =>
    found(simpleResponsesPayload, "", { authorizers: [authorizer({ simpleResponses, payloadVersion })] });

  it("finds simple responses with payload format 1.0", () => {
    expect(check(true, "1.0")).toEqual([
      "serverless.yml:9:1: `claimgate` answers with simple responses, which payload format `1.0` does not support; " +
        'set `payloadVersion: "2.0"`',
    ]);
  });

  it("accepts every other combination", () => {
    expect(check(true, "2.0")).toEqual([]);
    expect(check(true, undefined)).toEqual([]);
    expect(check(false, "1.0")).toEqual([]);
    expect(check(undefined, "1.0")).toEqual([]);
  });
});
