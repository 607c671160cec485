import { untilAborted } from "../../../src/triggers/directory.ts";

it("gives what the work gives", async () => {
  await expect(untilAborted(new AbortController().signal, async () => 1)).resolves.toBe(1);
});

it("rejects with the signal's reason while the work goes on", async () => {
  const deadline = new AbortController();
  const answer = untilAborted(deadline.signal, () => new Promise(() => undefined));

  deadline.abort(new Error("time is up"));

  await expect(answer).rejects.toThrow("time is up");
});

it("rejects with an error where the reason is not an error", async () => {
  const deadline = new AbortController();
  const answer = untilAborted(deadline.signal, () => new Promise(() => undefined));

  deadline.abort("reason");

  await expect(answer).rejects.toThrow("aborted");
});

it("does not begin the work once the time is up", async () => {
  let begun = false;
  const work = async () => {
    begun = true;
  };

  await expect(untilAborted(AbortSignal.abort(), work)).rejects.toThrow();

  expect(begun).toBe(false);
});
