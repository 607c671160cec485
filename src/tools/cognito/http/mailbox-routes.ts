import { json, type WebRoutes } from "./route.ts";

/** The messages that Cognito would have sent: `GET /_mailbox?to=ADDRESS`, newest first. AWS has no such thing. */
export const mailboxRoutes: WebRoutes = {
  "GET /_mailbox": ({ mailbox }, { url }) =>
    Promise.resolve(json(200, { mails: mailbox.list(url.searchParams.get("to") ?? undefined) })),
};
