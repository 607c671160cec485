import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { alarmThresholds } from "../../../../../src/tools/stack/observability/alarm-thresholds.ts";

describe("the thresholds of alarms", () => {
  const { custom } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "silent" }) as {
    readonly custom: { readonly alarmThresholds: object };
  };

  it("are those of serverless.yml, which has all of them", () => {
    expect(alarmThresholds(custom)).toEqual(custom.alarmThresholds);
    expect(alarmThresholds({})).toEqual(custom.alarmThresholds);
  });

  it("may be changed one by one", () => {
    expect(alarmThresholds({ alarmThresholds: { denies: 5000 } })).toEqual({
      ...custom.alarmThresholds,
      denies: 5000,
    });
  });

  it.each([
    [{ deny: 5 }, "`custom.alarmThresholds` has `deny`; expected `slowTrigger`, `serverErrors`, `denies`"],
    [{ denies: 0 }, "`custom.alarmThresholds` has `denies: 0`; expected a whole number from 1 on"],
    [{ denies: "anomaly" }, "`custom.alarmThresholds` has `denies: anomaly`; expected a whole number"],
  ])("are refused as %j", (alarmThresholdsGiven, message) => {
    expect(() => alarmThresholds({ alarmThresholds: alarmThresholdsGiven })).toThrow(message);
  });
});
