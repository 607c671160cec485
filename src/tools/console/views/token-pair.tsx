import type { IssuedJson, SignedInJson, TokenJson } from "../contract.ts";
import { type ClaimChange, claimChanges, summaryOf } from "../models/claim-changes.ts";
import { CopyButton, Panel, Time } from "./parts.tsx";

/** The access and the ID token of one sign-in, with what the pre-token-generation trigger did to each. */
export function TokenPair({
  issued,
  jwt,
}: {
  readonly issued: IssuedJson;
  readonly jwt?: SignedInJson["jwt"];
}) {
  return (
    <Panel
      title={`Tokens of ${issued.who}`}
      actions={
        <span class="soft">
          <Time at={issued.at} /> for {issued.client}
        </span>
      }
    >
      <div class="pair">
        <TokenTable title="Access token" token={issued.access} jwt={jwt?.access} />
        {issued.idToken === null ? (
          <p class="empty">A machine gets no ID token.</p>
        ) : (
          <TokenTable title="ID token" token={issued.idToken} jwt={jwt?.id ?? undefined} />
        )}
      </div>
    </Panel>
  );
}

function TokenTable({
  title,
  token,
  jwt,
}: {
  readonly title: string;
  readonly token: TokenJson;
  readonly jwt: string | undefined;
}) {
  const changes = claimChanges(token, Date.now());
  return (
    <div class="token">
      <div class="token-head">
        <h3>{title}</h3>
        {jwt === undefined ? null : <CopyButton text={jwt} label={`the ${title.toLowerCase()}`} />}
        <p class="soft">{summaryOf(changes)}</p>
      </div>
      <table class="claims">
        <caption class="hidden">Claims of the {title.toLowerCase()}</caption>
        <colgroup>
          <col />
          <col />
          <col />
        </colgroup>
        <tbody>
          {changes.map((change) => (
            <ClaimRow key={change.name} change={change} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MARKS: Readonly<Record<ClaimChange["kind"], string>> = {
  same: "",
  added: "+",
  removed: "−",
  changed: "~",
};

function ClaimRow({ change: { name, kind, before, after, note } }: { readonly change: ClaimChange }) {
  return (
    <tr class={kind}>
      <td class="sign">
        <span aria-hidden="true">{MARKS[kind]}</span>
        <span class="hidden">{kind === "same" ? "" : kind}</span>
      </td>
      <th scope="row">{name}</th>
      <td class="value">
        {kind === "changed" || kind === "removed" ? <del>{before}</del> : null}
        {after === undefined ? null : kind === "added" || kind === "changed" ? <ins>{after}</ins> : after}
        {note === undefined ? null : <span class="soft"> {note}</span>}
      </td>
    </tr>
  );
}
