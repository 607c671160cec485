import { ClaimgateError } from "../../../src/errors.ts";
import { assemblePolicy } from "../../../src/policy/assemble.ts";
import { type CompiledPolicy, compilePolicy } from "../../../src/policy/compile.ts";
import { decide } from "../../../src/policy/decide.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { readPolicyDirectory } from "../../../src/tools/machine/policy-files.ts";
import { MODEL } from "../../support/policy.ts";

const sources = readPolicyDirectory("policies");

describe("a compiled policy", () => {
  it("is plain data that survives being written as JSON", () => {
    const compiled = compilePolicy(sources);
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });

  it("decides as the files do, and names the same places", () => {
    const assembled = assemblePolicy(JSON.parse(JSON.stringify(compilePolicy(sources))) as CompiledPolicy);
    const loaded = loadPolicy(sources);
    const request = { subjects: ["group:trainees" as const], parameters: {}, claims: {} };
    for (const route of loaded.routes.names) {
      expect(decide(assembled, { ...request, route })).toEqual(decide(loaded, { ...request, route }));
    }
  });

  it("keeps no comment, neither of the rows nor of the model", () => {
    const text = JSON.stringify(compilePolicy(sources));
    expect(text).not.toContain("Customers order");
    expect(text).not.toContain("The casbin model of claimgate");
  });

  it("whose condition was damaged does not load: without it the row would hold for everybody", () => {
    const compiled = compilePolicy({
      model: MODEL,
      rows: [{ path: "policies/a.csv", text: "p, role:a, x:y, allow, {id}=sub" }],
    });
    const damaged = JSON.parse(JSON.stringify(compiled).replace("{id}=sub", "{id")) as CompiledPolicy;
    expect(() => assemblePolicy(damaged)).toThrow(ClaimgateError);
  });
});
