import { createPreSignUp } from "../../src/triggers/pre-sign-up.ts";
import { createTrustedProviders } from "../../src/triggers/trusted-providers.ts";
import { memoryDirectory } from "../support/memory-directory.ts";
import { policyFrom } from "../support/policy.ts";
import { recordedLog } from "../support/recorded-log.ts";
import { preSignUpEvent } from "../support/trigger-events.ts";

// The attacker wants an account that the rows do not admit, by an address or a number that looks like one of theirs.

const POLICY = policyFrom(`
p2, *@*.example.com, allow
p2, *@*.blocked.example.com, deny
p2, +49*, allow
p2, +49900*, deny
`);

async function signUp(attributes: Readonly<Record<string, string>>): Promise<"admitted" | "refused"> {
  const trigger = createPreSignUp({
    policy: () => POLICY,
    options: () => ({
      autoConfirm: false,
      linkFederatedUsers: true,
      trustedProviders: createTrustedProviders(new Map(), { complete: true }),
    }),
    directory: () => memoryDirectory({}),
    deadline: () => new AbortController().signal,
    log: recordedLog().log,
  });
  const event = preSignUpEvent("SignUp", attributes);
  return trigger(event, { requestId: "r" }).then(
    () => "admitted",
    () => "refused",
  );
}

test("an address below the domain and a German number sign up: what follows is refused for its own reason", async () => {
  expect(await signUp({ email: "a@team.example.com" })).toBe("admitted");
  expect(await signUp({ email: "a@deep.team.EXAMPLE.com" })).toBe("admitted");
  expect(await signUp({ phone_number: "+4930123456" })).toBe("admitted");
});

describe("an address that is not below the domain is refused", () => {
  test.each([
    ["the domain itself", "a@example.com"],
    ["a domain that ends alike", "a@evil-example.com"],
    ["a domain that ends alike, without a hyphen", "a@evilexample.com"],
    ["a domain that continues", "a@team.example.com.evil.example"],
    ["an empty label", "a@.example.com"],
    ["an empty label within", "a@team..example.com"],
    ["a dot at the end", "a@team.example.com."],
    ["the domain before a second at sign", "a@team.example.com@evil.example"],
    ["the domain as a local part", "team.example.com@evil.example"],
    ["a route to another host", "a%evil.example@team.example.com"],
    ["a route by exclamation marks", "evil.example!a@team.example.com"],
    ["a label in another alphabet", "a@team.exаmple.com"],
    ["a wide full stop", "a@team.example．com"],
    ["a wide at sign", "a＠team.example.com"],
    ["a star", "*@*.example.com"],
    ["a blank", "a@team.example.com "],
    ["a line break", "a@team.example.com\nb@evil.example"],
    ["a display name", "<a@team.example.com> a@evil.example"],
    ["a quoted local part", '"a@evil.example"@team.example.com'],
    ["a comment", "a(@evil.example)@team.example.com"],
    ["an encoded word", "=?utf-8?q?a=40evil.example?=@team.example.com"],
    ["an address literal", "a@[192.0.2.1].example.com"],
    ["a label that ends with a hyphen", "a@team-.example.com"],
    ["a NUL", "a@team\u0000.example.com"],
  ])("%s", async (_what, email) => {
    expect(await signUp({ email })).toBe("refused");
  });

  test("a deny row for the domains below reaches every depth", async () => {
    expect(await signUp({ email: "a@x.blocked.example.com" })).toBe("refused");
    expect(await signUp({ email: "a@y.x.BLOCKED.example.com" })).toBe("refused");
  });
});

describe("a number that is not of the prefix is refused", () => {
  test.each([
    ["of a denied prefix", "+4990012345"],
    ["without its plus sign", "4930123456"],
    ["with two zeros", "004930123456"],
    ["with two plus signs", "++4930123456"],
    ["with blanks", "+49 30 123456"],
    ["with an invisible character", "+49\u200b30123456"],
    ["with a denied prefix behind a zero", "+490900123456x"],
    ["in digits of another script", "+٤٩30123456"],
    ["in wide digits", "+４９30123456"],
    ["with a line break", "+4930123456\n"],
    ["with an extension", "+4930123456;ext=1"],
    ["too long", "+4930123456789012"],
    ["a pattern", "+49*"],
    ["of another country that begins alike", "+4"],
  ])("%s", async (_what, phone) => {
    expect(await signUp({ phone_number: phone })).toBe("refused");
  });

  test("an admitted number does not admit a denied address, nor the other way round", async () => {
    expect(await signUp({ email: "a@evil.example", phone_number: "+4930123456" })).toBe("refused");
    expect(await signUp({ email: "a@team.example.com", phone_number: "+4990012345" })).toBe("refused");
  });
});
