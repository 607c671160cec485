import { textOf } from "../../../json.ts";
import { answerChallenge } from "../../cognito/auth/answer-challenge.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import { callOperation } from "../../cognito/operations/call-operation.ts";
import type { WebAnswer } from "../route.ts";
import { type BrowserChallenge, challengePage } from "./challenge-page.ts";
import { goOn } from "./go-on.ts";
import { loginPage } from "./login-page.ts";
import { entered, type Visit } from "./visit.ts";

/** Errors of an answer that the same page takes again. */
const CORRECTABLE: ReadonlySet<string> = new Set([
  "CodeMismatchException",
  "EnableSoftwareTokenMFAException",
  "InvalidPasswordException",
  "PasswordHistoryPolicyViolationException",
  "InvalidParameterException",
]);

/** Takes the answer to a challenge, and goes on with what the pool asks for next. */
export async function takeAnswer(visit: Visit): Promise<WebAnswer> {
  const challenge = sentBack(visit);
  const { pool, authorization } = visit;
  const call = { pool, client: authorization.client };
  try {
    const session = challenge.name === "MFA_SETUP" ? await verifiedApp(visit, challenge) : challenge.session;
    return await goOn(
      visit,
      await answerChallenge(call, { name: challenge.name, session, responses: responses(visit) }),
    );
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return CORRECTABLE.has(error.code)
      ? challengePage(visit, challenge, error.message)
      : loginPage(visit, { error: error.message });
  }
}

/** The challenge as the browser had it: nothing of it is believed, the pool knows whose session it is. */
function sentBack(visit: Visit): BrowserChallenge {
  const words = (name: string) =>
    entered(visit, name)
      .split(" ")
      .filter((word) => word !== "");
  const destination = entered(visit, "destination");
  const secret = entered(visit, "secret");
  return {
    name: entered(visit, "challenge"),
    session: entered(visit, "session"),
    username: entered(visit, "username"),
    destination: destination === "" ? undefined : destination,
    required: words("required"),
    choices: words("choices"),
    secret: secret === "" ? undefined : secret,
  };
}

function responses(visit: Visit): Readonly<Record<string, string>> {
  const given = [...visit.form].filter(([name]) =>
    /^(?:NEW_PASSWORD|ANSWER|userAttributes\.[\w:]+)$/.test(name),
  );
  const code = visit.form.get("code");
  return {
    USERNAME: entered(visit, "username"),
    ...Object.fromEntries(given),
    ...(code === null ? {} : { [`${entered(visit, "challenge")}_CODE`]: code.trim() }),
  };
}

/** @returns the session with which the sign-in goes on */
async function verifiedApp({ pool, form }: Visit, { session }: BrowserChallenge): Promise<string> {
  const UserCode = (form.get("code") ?? "").trim();
  const verified = await callOperation(pool, "VerifySoftwareToken", { Session: session, UserCode });
  return textOf(verified["Session"]) ?? session;
}
