import { unknownParameters } from "../../../../../src/tools/stack/parameter-rules/unknown-parameters.ts";
import { stageParameters } from "../../../../../src/tools/stack/stage-parameters.ts";

const NAMES = new Set(["revocation", "guests"]);
const DEFAULTS = { revocation: "false", guests: "false", ownTable: "orders" };

function unknown(params: unknown, ...options: readonly string[]): string[] {
  return unknownParameters(stageParameters(params, "dev", options), NAMES).map(
    ({ section = "--param", message }) => `${section}: ${message}`,
  );
}

describe("a parameter that nothing reads", () => {
  it("is none of claimgate's, nor one of the service that has a default", () => {
    expect(unknown({ default: DEFAULTS, dev: { ownTable: "x" } }, "guests=true", "ownTable=y")).toEqual([]);
  });

  it("is a default whose name is nearly one of claimgate's", () => {
    expect(unknown({ default: { ...DEFAULTS, revokation: "true" } })).toEqual([
      "default: unknown parameter `revokation`; did you mean `revocation`? a parameter of your own needs a name that differs more",
    ]);
  });

  it("is refused in the section of every stage, since the others are deployed too", () => {
    expect(unknown({ default: DEFAULTS, dev: { guest: "true" }, prod: { guest: "true" } })).toEqual([
      "dev: unknown parameter `guest`; did you mean `guests`?",
      "prod: unknown parameter `guest`; did you mean `guests`?",
    ]);
  });

  it("is refused on the command line", () => {
    expect(unknown({ default: DEFAULTS }, "zzzzzzzz=1")).toEqual([
      "--param: unknown parameter `zzzzzzzz`; expected a name of `params.default`; a parameter of your own needs a default there",
    ]);
  });

  it("is refused alone if it is one of a former version", () => {
    expect(unknown({ default: { ...DEFAULTS, mfa: "off" }, prod: { guest: "true" } })).toEqual([
      "default: parameter `mfa` was removed; set `MfaConfiguration` in `resources/user-pool.yml` instead, or give a parameter of your own another name",
    ]);
  });
});
