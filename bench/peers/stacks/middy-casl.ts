import { caslKept } from "../engines/casl.ts";
import { type MiddyEvent, middyHandler } from "../verifiers/middy.ts";
import { answerTo, type HttpEvent } from "./authorizer.ts";
import { policy, trust } from "./given.ts";

const allows = caslKept(policy);
const answer = middyHandler(trust, (claims, event: MiddyEvent & Partial<HttpEvent>) =>
  answerTo({ routeKey: event.routeKey ?? "", headers: event.headers }, claims, allows),
);

/** A refusal of the middleware is an error of HTTP, which an authorizer turns into its answer. */
export const handler = async (event: HttpEvent & MiddyEvent) => {
  try {
    return await answer(event, {} as Parameters<typeof answer>[1]);
  } catch {
    return { isAuthorized: false };
  }
};
