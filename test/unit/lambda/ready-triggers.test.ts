import { postConfirmation, preSignUp, preTokenGeneration } from "../../../src/lambda/ready-triggers.ts";

const written: string[] = [];

beforeEach(() => {
  written.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((line) => written.push(String(line)) > 0);
});
afterEach(() => jest.restoreAllMocks());

describe.each([
  ["preSignUp", preSignUp],
  ["postConfirmation", postConfirmation],
  ["preTokenGeneration", preTokenGeneration],
])("%s", (name, create) => {
  it.each([
    ["CLAIMGATE_REVOCATION_TABEL", "did you mean `CLAIMGATE_REVOCATION_TABLE`?"],
    ["CLAIMGATE_SUBJECT_PREFIX", "`CLAIMGATE_SUBJECT_PREFIX` was renamed to `CLAIMGATE_POOL_ALIAS`"],
  ])("says at its start that it does not know %s", (variable, why) => {
    create({ environment: { [variable]: "main" } });
    expect(written.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: "error",
        kind: "configuration-invalid",
        function: name,
        code: "configuration_invalid",
        error: expect.stringContaining(why) as unknown,
      }),
    ]);
  });

  it("has nothing to say of a variable without a value", () => {
    create({ environment: { CLAIMGATE_SUBJECT_PREFIX: "" } });
    expect(written).toEqual([]);
  });
});
