import type { Mail } from "../../cognito/messages/mailbox.ts";
import { type Html, html } from "../../text/html.ts";
import type { WebAnswer } from "../route.ts";
import { page } from "./page.ts";

/**
 * The messages as a person reads them, newest first.
 *
 * @param to the address that they were asked for
 */
export function mailboxPage(mails: readonly Mail[], to: string | undefined): WebAnswer {
  return page({
    title: to === undefined ? "Messages" : `Messages to ${to}`,
    body: html`<p>Nothing is sent: what Cognito would have sent is here, until the pool stops.</p>
${mails.length === 0 ? html`<p role="status">There are no messages.</p>` : mails.map(message)}
<nav>${to === undefined ? undefined : html`<a href="/_mailbox">All messages</a>`}</nav>`,
  });
}

function message({ to, medium, about, code, subject, text, failure, sentAt }: Mail): Html {
  const time = new Date(sentAt).toISOString();
  return html`<article>
<h2>${subject ?? about}</h2>
<p>${medium === "SMS" ? "Text message" : "Mail"} to <a href="/_mailbox?${new URLSearchParams({ to }).toString()}">${to}</a>, <time datetime="${time}">${time.slice(0, 19).replace("T", " ")} UTC</time></p>
${failure === undefined ? undefined : html`<p role="alert">${failure}</p>`}
${text === undefined ? undefined : html`<p class="text">${plainText(text)}</p>`}
<p>Code: <code>${code}</code></p>
</article>`;
}

/** A mail may be of HTML, with a link: here it is text, with its address. */
function plainText(text: string): string {
  return text
    .replace(/<a\s[^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/gi, "$2 ($1)")
    .replace(/<br\s*\/?>|<\/p>/gi, "\n")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .trim();
}
