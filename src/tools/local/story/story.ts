import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { signInBySrp } from "../../cognito/auth/srp-client.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import type { Pool } from "../../cognito/pool.ts";
import type { Screen } from "../../machine/screen.ts";
import { printCall } from "../calls/call-line.ts";
import { decidedBy, type RowAt } from "../calls/deciding-row.ts";
import { shownPath } from "../calls/shown-names.ts";
import { LOCAL } from "../identifiers.ts";
import { secretOf } from "../pool/local-pool.ts";
import type { Ports } from "../ports.ts";
import type { DecisionWatch } from "../watch/decision-watch.ts";
import { StoryClient } from "./story-client.ts";

/** The user of the story. The password is for a pool that exists only on this machine. */
export const ALICE = { email: "alice@example.com", password: "Wonderland-2026" } as const;

const ClientId = LOCAL.appClients.web;

/** What the story needs. */
interface Teller {
  readonly client: StoryClient;
  readonly screen: Screen;
  readonly decisions: DecisionWatch;
  readonly pool: Pool;
  readonly rowAt: RowAt;
}

/**
 * Shows on the running stack what claimgate does, with real calls: who may sign up, the token before and after, who
 * may call what, and which row of the policy decided.
 */
export async function tellStory(
  stack: { readonly pool: Pool; readonly decisions: DecisionWatch },
  ports: Ports,
  screen: Screen,
  rowAt: RowAt,
): Promise<void> {
  const teller = { ...stack, screen, rowAt, client: new StoryClient(ports) };
  screen.heading("Who may sign up, and which groups they join");
  await refusedSignUp(teller);
  const token = await signIn(teller);
  showTokens(teller);
  screen.heading("Who may call what");
  await userCalls(teller, token);
  await machineCalls(teller);
}

async function refusedSignUp({ client, screen, decisions, rowAt }: Teller): Promise<void> {
  const Username = "mallory@example.com";
  try {
    await client.cognito("SignUp", { ClientId, Username, Password: ALICE.password });
    step(screen, "sign up", Username, screen.style("yellow", "accepted: was the row against it deleted?"));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    step(
      screen,
      "sign up",
      Username,
      `${screen.style("red", "refused")}   ${decidedBy(await decisions.next(), rowAt)}`,
    );
    screen.line(`${" ".repeat(12)}"${error.message}"`);
  }
}

async function signIn(teller: Teller): Promise<string> {
  const { client, screen } = teller;
  if (await signUp(teller)) await confirm(teller);
  const result = await withPassword(client).catch(async (error: unknown) => {
    // An earlier run may have ended before the code was used.
    if (!(error instanceof CognitoError && error.code === "UserNotConfirmedException")) throw error;
    await client.cognito("ResendConfirmationCode", { ClientId, Username: ALICE.email });
    await confirm(teller);
    return withPassword(client);
  });
  const tokens = objectOf(result["AuthenticationResult"]);
  step(screen, "sign in", ALICE.email, `tokens for ${Number(tokens["ExpiresIn"]) / 60} minutes`);
  return textOf(tokens["AccessToken"]) ?? "";
}

/** @returns false if alice already exists */
async function signUp({ client, screen, decisions, rowAt }: Teller): Promise<boolean> {
  try {
    await client.cognito("SignUp", { ClientId, Username: ALICE.email, Password: ALICE.password });
  } catch (error) {
    if (!(error instanceof CognitoError && error.code === "UsernameExistsException")) throw error;
    step(screen, "sign up", ALICE.email, "exists from an earlier start (--reset deletes her)");
    return false;
  }
  const accepted = screen.style("green", "accepted");
  step(screen, "sign up", ALICE.email, `${accepted}  ${decidedBy(await decisions.next(), rowAt)}`);
  return true;
}

async function confirm({ client, screen, decisions }: Teller): Promise<void> {
  const ConfirmationCode = await client.mailedCode(ALICE.email);
  await client.cognito("ConfirmSignUp", { ClientId, Username: ALICE.email, ConfirmationCode });
  const groups = (await decisions.next())?.groups.join(", ") || "unknown";
  step(
    screen,
    "confirm",
    ALICE.email,
    `with the mailed code ${ConfirmationCode}; put in the group ${groups}`,
  );
}

const withPassword = (client: StoryClient) =>
  signInBySrp((operation, request) => client.cognito(operation, request), {
    userPoolId: LOCAL.userPoolId,
    clientId: ClientId,
    username: ALICE.email,
    password: ALICE.password,
  });

function step(screen: Screen, what: string, who: string, outcome: string): void {
  screen.line(`  ${what.padEnd(10)}${who.padEnd(21)}${outcome}`);
}

/** The claims that a person looks for in a token, without times and ids. */
const SHOWN = ["sub", "token_use", "client_id", "scope", "cognito:groups"];

function showTokens({ pool, screen }: Teller): void {
  const issued = pool.tokens.last;
  if (issued === undefined) return;
  const before = issued.stock.access;
  const after = issued.claims.access;
  screen.heading("Her access token: claims of Cognito, and + claims that pre-token-generation adds");
  const added = Object.keys(after).filter((claim) => !Object.hasOwn(before, claim));
  for (const claim of new Set([...SHOWN, ...added])) {
    for (const { mark, value } of changes(claim, before, after)) {
      const text = `  ${mark} ${claim.padEnd(15)} ${JSON.stringify(value)}`;
      screen.line(mark === " " ? text : screen.style(mark === "+" ? "green" : "red", text));
    }
  }
}

function changes(claim: string, before: JsonObject, after: JsonObject): { mark: string; value: unknown }[] {
  const [was, is] = [before[claim], after[claim]];
  if (JSON.stringify(was) === JSON.stringify(is)) return is === undefined ? [] : [{ mark: " ", value: is }];
  return [
    ...(was === undefined ? [] : [{ mark: "-", value: was }]),
    ...(is === undefined ? [] : [{ mark: "+", value: is }]),
  ];
}

async function userCalls(teller: Teller, token: string): Promise<void> {
  const placed = await call(teller, "alice", "POST /orders", token, { item: "Looking glass", quantity: 1 });
  const id = textOf(placed.body["id"]) ?? "none";
  await call(teller, "alice", `GET /orders/${id}`, token);
  await call(teller, "alice", `GET /dev/orders/${id}`, token);
  const foreign = await call(teller, "alice", "GET /orders/order-1", token);
  if (foreign.status === 404) {
    teller.screen.line(
      `${" ".repeat(7)}she may call this route, but the order is not hers: the orders service checks that`,
    );
  }
  await call(teller, "alice", "GET /orders", token);
  await call(teller, "nobody", "GET /orders", undefined);
}

async function machineCalls(teller: Teller): Promise<void> {
  const secret = secretOf(teller.pool.config, "reporting");
  if (secret === undefined) return;
  const token = await teller.client.machineToken(secret);
  await call(teller, "reporting", "GET /reports/orders", token);
  await call(teller, "reporting", "DELETE /orders/order-1", token);
}

async function call(
  { client, screen, decisions, rowAt }: Teller,
  who: string,
  route: string,
  token: string | undefined,
  body?: JsonObject,
) {
  decisions.clear();
  const answer = await client.call(route, token, body);
  // Without a token no gateway asks the authorizer, so there is no decision to wait for.
  const why = token === undefined ? "no token" : decidedBy(await decisions.next(), rowAt);
  const [method, path = "/"] = route.split(" ");
  printCall(screen, { status: answer.status, who, what: `${method} ${shownPath(path)}`, why });
  return answer;
}
