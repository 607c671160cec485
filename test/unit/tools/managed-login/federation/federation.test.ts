import { attributeSchema } from "../../../../../src/tools/cognito/config/attribute-schema.ts";
import type { UserPool } from "../../../../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../../../../support/browser-visit.ts";
import {
  atProvider,
  federatedClient,
  idClaims,
  locationOf,
  PROVIDERS,
  signInBy,
} from "../../../../support/federated-visit.ts";
import { addUser, call } from "../../../../support/pool-users.ts";
import { servedPool } from "../../../../support/user-pool.ts";

interface Event {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly validationData?: unknown;
  };
}

const ANN = { email: "ann@example.com", name: "Ann Lee", id: "1001", verified: "on" };

let served: UserPool;
let events: Event[];
/** What PreSignUp does besides listening. */
let onSignUp: (event: Event) => void | Promise<void>;

const UserPoolId = "us-east-1_LocalPool";
const listen = (event: Event) => {
  events.push(event);
  return { ...event, response: {} };
};

beforeEach(async () => {
  events = [];
  onSignUp = () => undefined;
  served = await servedPool({
    config: { clients: [federatedClient], providers: PROVIDERS },
    triggers: {
      PreSignUp: async (event: Event) => {
        const answer = listen(event);
        await onSignUp(event);
        return answer;
      },
      PostConfirmation: listen,
      PreAuthentication: listen,
      PostAuthentication: listen,
      PreTokenGeneration: listen,
    },
  });
});
afterEach(() => served.stop());

const sources = () => events.map(({ triggerSource }) => triggerSource);

test("the first sign-in creates a user of the provider, with its group, and tells the triggers of AWS", async () => {
  const back = await signInBy(served, "Google", ANN);

  expect(back.get("state")).toBe("of-the-app");
  expect(await idClaims(served, back.get("code"))).toMatchObject({
    "cognito:username": "Google_1001",
    "cognito:groups": ["us-east-1_LocalPool_Google"],
    email: "ann@example.com",
    email_verified: true,
    name: "Ann Lee",
    identities: [{ providerName: "Google", providerType: "Google", userId: "1001", primary: "true" }],
  });
  expect(served.pool.users.find("Google_1001")).toMatchObject({ status: "EXTERNAL_PROVIDER", enabled: true });
  expect(sources()).toEqual([
    "PreSignUp_ExternalProvider",
    "PostConfirmation_ConfirmSignUp",
    "TokenGeneration_HostedAuth",
  ]);
  expect(events[1]?.request.userAttributes).toMatchObject({
    identities: expect.stringContaining(
      '"userId":"1001","providerName":"Google","providerType":"Google"',
    ) as string,
    "cognito:user_status": "EXTERNAL_PROVIDER",
  });
  expect(events[0]).toMatchObject({
    userName: "Google_1001",
    request: {
      userAttributes: {
        email: "ann@example.com",
        email_verified: "true",
        name: "Ann Lee",
        "cognito:email_alias": "",
        "cognito:phone_number_alias": "",
      },
      validationData: {},
    },
  });
});

test("later sign-ins are the same user, with what the provider says by then", async () => {
  const first = await idClaims(served, (await signInBy(served, "Google", ANN)).get("code"));
  events = [];
  const again = { ...ANN, name: "Ann Fox", email: "ann@fox.example" };
  const later = await idClaims(served, (await signInBy(served, "Google", again)).get("code"));

  expect(later).toMatchObject({
    sub: first["sub"],
    name: "Ann Fox",
    email: "ann@fox.example",
    email_verified: true,
  });
  expect(sources()).toEqual([
    "PreAuthentication_Authentication",
    "PostAuthentication_Authentication",
    "TokenGeneration_HostedAuth",
  ]);
});

test("the account is offered at the page from then on", async () => {
  await signInBy(served, "Google", ANN);
  const browser = new BrowserVisit(served.url);
  const page = await (await browser.get(await atProvider(browser, "Google"))).text();
  expect(page).toContain("This page plays Google");
  expect(page).toMatch(/<button class="other">ann@example\.com<\/button>/);
});

test("a provider that does not vouch for addresses leaves them unverified, whatever the page sends", async () => {
  const facebook = await idClaims(served, (await signInBy(served, "Facebook", ANN)).get("code"));
  expect(facebook).toMatchObject({ email: "ann@example.com", email_verified: false });
  const saml = await idClaims(served, (await signInBy(served, "Okta", ANN)).get("code"));
  expect(saml).toMatchObject({ email: "ann@example.com", email_verified: false, name: "Ann Lee" });
  const { verified: _, ...unproven } = { ...ANN, id: "1002" };
  const google = await idClaims(served, (await signInBy(served, "Google", unproven)).get("code"));
  expect(google).toMatchObject({ email_verified: false });
});

test("the same address without an account is the same account", async () => {
  const account = { email: "bo@example.com", verified: "on" };
  const [one, two] = [await signInBy(served, "Google", account), await signInBy(served, "Google", account)];
  const [first, second] = [await idClaims(served, one.get("code")), await idClaims(served, two.get("code"))];
  expect(second["sub"]).toBe(first["sub"]);
});

test("an account that was linked signs in as that user, who is in no group of the provider", async () => {
  const local = addUser(served.pool, "ann@example.com");
  await call(served.pool, "AdminLinkProviderForUser", {
    UserPoolId,
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: local.username },
    SourceUser: {
      ProviderName: "Google",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "1001",
    },
  });
  const claims = await idClaims(served, (await signInBy(served, "Google", ANN)).get("code"));
  expect(claims).toMatchObject({
    "cognito:username": local.username,
    identities: [{ userId: "1001", primary: "false" }],
  });
  expect(claims).not.toHaveProperty("cognito:groups");
});

test("a trigger that links the account makes this sign-in fail, and the next one works", async () => {
  const local = addUser(served.pool, "ann@example.com");
  onSignUp = async () => {
    await call(served.pool, "AdminLinkProviderForUser", {
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: local.username },
      SourceUser: { ProviderName: "Google", ProviderAttributeValue: "1001" },
    });
  };
  const failed = await signInBy(served, "Google", ANN);
  expect(failed.get("error_description")).toBe("Already found an entry for username Google_1001");
  const claims = await idClaims(served, (await signInBy(served, "Google", ANN)).get("code"));
  expect(claims).toMatchObject({ "cognito:username": local.username });
});

test("a trigger that refuses leaves no user, and the app hears why", async () => {
  onSignUp = () => {
    throw new Error("not you");
  };
  const back = await signInBy(served, "Google", ANN);
  expect(Object.fromEntries(back)).toEqual({
    error: "invalid_request",
    error_description: "PreSignUp failed with error not you.",
    state: "of-the-app",
  });
  expect(served.pool.users.size).toBe(0);
});

test("a disabled user does not get in", async () => {
  await signInBy(served, "Google", ANN);
  await call(served.pool, "AdminDisableUser", { UserPoolId, Username: "Google_1001" });
  const back = await signInBy(served, "Google", ANN);
  expect(back.get("error_description")).toBe("User is disabled.");
});

test("a required attribute that the provider does not have is named", async () => {
  const email = served.pool.config.schema.map((one) =>
    one.name === "email" ? { ...one, required: true } : one,
  );
  const strict = await servedPool({
    config: { clients: [federatedClient], providers: PROVIDERS, schema: email },
  });
  try {
    const back = await signInBy(strict, "Google", { id: "7" });
    expect(back.get("error_description")).toBe("attributes required: [email]");
  } finally {
    await strict.stop();
  }
});

test("who goes back at the provider is back at the app, with the reason", async () => {
  const browser = new BrowserVisit(served.url);
  const response = await browser.submit(await atProvider(browser, "Google"), { action: "cancel" });
  const back = new URL(locationOf(await browser.get(locationOf(response))));
  expect(Object.fromEntries(back.searchParams)).toMatchObject({
    error: "access_denied",
    state: "of-the-app",
  });
});

test("a browser that signed in by a provider is signed in for the app", async () => {
  const browser = new BrowserVisit(served.url);
  await signInBy(served, "Google", ANN, browser);
  const query = {
    client_id: federatedClient.id,
    redirect_uri: federatedClient.callbackUrls[0] ?? "",
    response_type: "code",
  };
  const response = await browser.get(`/oauth2/authorize?${new URLSearchParams(query)}`);
  expect(await idClaims(served, new URL(locationOf(response)).searchParams.get("code"))).toMatchObject({
    "cognito:username": "Google_1001",
  });
});

test("nothing entered is asked for again", async () => {
  const browser = new BrowserVisit(served.url);
  const response = await browser.submit(await atProvider(browser, "Google"), { email: "", id: "" });
  expect(await response.text()).toContain("Enter an address or an account.");
});

test("what a directory sends arrives as Cognito keeps it: in brackets by SAML, as JSON by OpenID Connect", async () => {
  const own = ["groups", "corp_groups"].map((Name) => ({ Name, AttributeDataType: "String", Mutable: true }));
  const schema = attributeSchema(own);
  const pool = await servedPool({ config: { clients: [federatedClient], providers: PROVIDERS, schema } });
  const kept = async (provider: string, account: Readonly<Record<string, string>>) => {
    await signInBy(pool, provider, account);
    return pool.pool.users.byIdentity(provider, account["id"] ?? "")?.attributes;
  };
  try {
    const entra = (groups: string) => ({ ...ANN, id: "e", "custom:groups": groups });
    expect(await kept("Entra", entra("a b\n\n c \r\n"))).toMatchObject({ "custom:groups": "[a b, c]" });
    expect(await kept("Entra", entra("only"))).toMatchObject({ "custom:groups": "only" });
    // A provider that leaves the attribute out takes nothing away here; nobody has seen what AWS does.
    expect(await kept("Entra", entra(""))).toMatchObject({ "custom:groups": "only" });
    const corp = { ...ANN, id: "c", "custom:corp_groups": "a, b\nc", "custom:groups": "x" };
    expect(await kept("Corp", corp)).toMatchObject({ "custom:corp_groups": '["a, b","c"]' });
    expect(await kept("Corp", corp)).not.toHaveProperty("custom:groups");
  } finally {
    await pool.stop();
  }
});
