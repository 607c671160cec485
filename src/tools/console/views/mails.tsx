import type { MailJson, StackJson } from "../contract.ts";
import { useServer } from "../live.ts";
import { More } from "./more.tsx";
import { CopyButton, Empty, Panel, Problem, Time } from "./parts.tsx";

/** The messages that Cognito would have sent, with the codes in them. */
export function Mails({ stack }: { readonly stack: StackJson }) {
  const { value, error } = useServer<readonly MailJson[]>("/api/mails", "pool");
  const newest = value?.[0];
  return (
    <Panel title="Mails" actions={<p class="soft">Nothing is sent. This list lasts until npm start ends.</p>}>
      <Problem text={error} />
      <p class="hidden" role="status">
        {newest === undefined ? "" : `The newest mail is to ${newest.to}`}
      </p>
      {value?.length === 0 ? (
        <Empty>
          <p>No mails yet.</p>
          <p>
            Codes for a sign-up, a forgotten password or a second factor arrive here.{" "}
            {stack.signIn === null ? null : (
              <a href={stack.signIn} target="_blank" rel="noreferrer">
                Sign up at the sign-in page
              </a>
            )}
          </p>
        </Empty>
      ) : (
        <More items={value ?? []}>
          {(shown) => (
            <ul class="mails">
              {shown.map((mail) => (
                <Mail key={`${mail.sentAt} ${mail.to} ${mail.code}`} mail={mail} />
              ))}
            </ul>
          )}
        </More>
      )}
    </Panel>
  );
}

function Mail({ mail }: { readonly mail: MailJson }) {
  const { to, about, medium, code, subject, text, failure, sentAt } = mail;
  return (
    <li>
      <p class="mail-head">
        <strong>{to}</strong>
        <span class="soft">
          {about}, {medium === "EMAIL" ? "mail" : "SMS"}, <Time at={sentAt} />
        </span>
      </p>
      <p class="code">
        <code>{code}</code> <CopyButton text={code} label={`the code for ${to}`} />
      </p>
      {failure === null ? null : <p class="problem">The custom sender failed: {failure}</p>}
      {text === null ? null : (
        <details>
          <summary>{subject ?? "Text"}</summary>
          <p class="wrap">{text}</p>
        </details>
      )}
    </li>
  );
}
