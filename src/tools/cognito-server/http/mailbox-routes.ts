import { mailboxPage } from "../../managed-login/pages/mailbox-page.ts";
import { json, type WebRoutes } from "../../managed-login/route.ts";

/**
 * The messages that Cognito would have sent: `GET /_mailbox?to=ADDRESS`, newest first, as a page for a browser and as
 * JSON for a program. AWS has no such thing.
 */
export const mailboxRoutes: WebRoutes = {
  "GET /_mailbox": ({ mailbox }, { url, headers }) => {
    const to = url.searchParams.get("to") ?? undefined;
    const mails = mailbox.list(to);
    const isBrowser = headers["accept"]?.includes("text/html") === true;
    return Promise.resolve(isBrowser ? mailboxPage(mails, to) : json(200, { mails }, { vary: "Accept" }));
  },
};
