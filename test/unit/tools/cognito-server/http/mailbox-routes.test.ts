import type { UserPool } from "../../../../../src/tools/cognito-server/user-pool.ts";
import { servedPool } from "../../../../support/user-pool.ts";

let served: UserPool;

beforeEach(async () => {
  served = await servedPool();
});
afterEach(() => served.stop());

const deliver = (more: object = {}) =>
  served.pool.mailbox.deliver({
    to: "ann@example.com",
    medium: "EMAIL",
    about: "SignUp",
    code: "123456",
    subject: "Your code",
    text: "Your code is 123456.",
    sentAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    ...more,
  });

const page = async (query = "") => {
  const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
  const response = await fetch(`${served.url}/_mailbox${query}`, { headers });
  return { type: response.headers.get("content-type"), text: await response.text() };
};

test("a program gets JSON", async () => {
  deliver();
  const response = await fetch(`${served.url}/_mailbox`);
  expect(await response.json()).toMatchObject({ mails: [{ to: "ann@example.com", code: "123456" }] });
});

test("a browser gets a page, newest first, or only the messages to one address", async () => {
  expect((await page()).text).toContain("There are no messages.");
  deliver();
  deliver({ to: "+15550100", medium: "SMS", subject: undefined, text: undefined, code: "654321" });
  const all = await page();
  expect(all.type).toBe("text/html; charset=utf-8");
  expect(all.text.indexOf("654321")).toBeLessThan(all.text.indexOf("123456"));
  expect(all.text).toContain("2026-01-02 03:04:05 UTC");
  const one = await page("?to=ANN@example.com");
  expect(one.text).toContain("123456");
  expect(one.text).not.toContain("654321");
});

test("links of a mail are readable, and what triggers write is text", async () => {
  deliver({
    subject: "<b>Hi</b>",
    text: '<p>Hello</p><a href="http://127.0.0.1/confirmUser?x=1&y=2">Confirm</a><script>alert(1)</script>',
    failure: "CustomEmailSender failed: <i>no</i>",
  });
  const { text } = await page();
  expect(text).toContain("Confirm (http://127.0.0.1/confirmUser?x=1&amp;y=2)");
  expect(text).toContain("&lt;b&gt;Hi&lt;/b&gt;");
  expect(text).toContain("CustomEmailSender failed: &lt;i&gt;no&lt;/i&gt;");
  expect(text).not.toContain("<script>");
});
