import type { Step } from "../../cognito/auth/step.ts";
import { authorized } from "../oauth/authorize-endpoint.ts";
import { sessionCookie } from "../oauth/browser-sessions.ts";
import type { WebAnswer } from "../route.ts";
import { challengePage, openChallenge } from "./challenge-page.ts";
import type { Visit } from "./visit.ts";

/** Back to the app where nothing is left to prove, else the page of the next challenge. */
export async function goOn(visit: Visit, step: Step): Promise<WebAnswer> {
  const { pool, state, authorization } = visit;
  if (step.kind === "challenge") return challengePage(visit, await openChallenge(visit, step));
  const answer = await authorized(pool, state, authorization, step.user);
  const session = state.sessions.begin(step.user.attributes["sub"] ?? "");
  return { ...answer, headers: { ...answer.headers, "set-cookie": sessionCookie(session) } };
}
