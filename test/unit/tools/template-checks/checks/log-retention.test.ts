import { arn, foundBy, lambda, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("log-retention", template);
const group = (properties: Record<string, unknown>) =>
  resource("Logs::LogGroup", { RetentionInDays: 30, ...properties });

describe("log-retention", () => {
  it("finds a function whose logs nobody made a group for", () => {
    expect(found({ F: lambda() })).toEqual([
      "F.LoggingConfig.LogGroup: has no log group in the template: Lambda creates one that keeps logs for ever",
    ]);
    expect(found({ F: lambda(), L: group({ LogGroupName: "/aws/lambda/other" }) })).toHaveLength(1);
  });

  it("finds a group that keeps logs for ever, of any function", () => {
    expect(found({ L: resource("Logs::LogGroup", { LogGroupName: "/api/access" }) })).toEqual([
      "L.RetentionInDays: is not set, so its logs are kept for ever",
    ]);
  });

  it("knows the group by the function's name, however that is written, and by LoggingConfig", () => {
    expect(found({ F: lambda(), L: group({ LogGroupName: "/aws/lambda/f" }) })).toEqual([]);
    const joined = { "Fn::Join": ["-", ["x", ref("AWS::Region")]] };
    const subbed = { "Fn::Sub": "/aws/lambda/x-${AWS::Region}" };
    expect(found({ F: lambda({ FunctionName: joined }), L: group({ LogGroupName: subbed }) })).toEqual([]);
    expect(found({ F: lambda({ LoggingConfig: { LogGroup: ref("L") } }), L: group({}) })).toEqual([]);
    expect(
      found({ F: lambda({ LoggingConfig: { LogGroup: "/mine" } }), L: group({ LogGroupName: "/mine" }) }),
    ).toEqual([]);
  });

  it("does not take the default group for the one that LoggingConfig names", () => {
    const elsewhere = lambda({ LoggingConfig: { LogGroup: arn("Nowhere") } });
    expect(found({ F: elsewhere, L: group({ LogGroupName: "/aws/lambda/f" }) })).toHaveLength(1);
  });
});
