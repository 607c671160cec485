import { answerOf } from "../../../../../src/tools/cli/agent/answer.ts";

describe("the answer to an agent", () => {
  it("is what the command printed, with what its status means", () => {
    const { isError, structured, text } = answerOf({ status: 2, stdout: '{"effect":"deny"}', stderr: "" });
    expect(isError).toBe(false);
    expect(structured).toEqual({ exitStatus: 2, meaning: "the answer is no", answer: { effect: "deny" } });
    expect(JSON.parse(text)).toEqual(structured);
  });

  it("is an error where the command could not answer", () => {
    const stdout = '{"error":{"code":"policy_invalid","message":"the policy is not valid: 1 finding"}}';
    expect(answerOf({ status: 3, stdout, stderr: "" })).toMatchObject({
      isError: true,
      structured: { meaning: "the policy is not valid" },
    });
  });

  it("is not an error where the findings are the answer", () =>
    expect(answerOf({ status: 3, stdout: '{"errors":1}', stderr: "" }).isError).toBe(false));

  it.each([
    [{ status: undefined, stdout: '{"a":1}', stderr: "", stopped: "cancelled" }, /cancelled/],
    [{ status: undefined, stdout: "", stderr: "", stopped: "too-long" }, /took too long/],
    [{ status: undefined, stdout: '{"a', stderr: "", stopped: "too-much" }, /too large/],
    [{ status: 0, stdout: "[]", stderr: "" }, /without an answer/],
    [{ status: undefined, stdout: "", stderr: "out of memory\n" }, /^out of memory$/],
  ] as const)("says why there is none: %j", (run, text) => {
    const answer = answerOf(run);
    expect(answer).toEqual({ isError: true, text: expect.stringMatching(text) as unknown });
  });

  it("shows no character that hides or turns text", () => {
    const { text } = answerOf({ status: 0, stdout: JSON.stringify({ row: "a\u202eb\u009b" }), stderr: "" });
    expect(text).not.toMatch(/[\u202e\u009b]/);
    expect(JSON.parse(text)).toMatchObject({ answer: { row: "a\u202eb\u009b" } });
  });
});
