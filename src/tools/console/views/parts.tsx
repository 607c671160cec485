import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { announce } from "../announcements.ts";
import { reasonOf } from "../api-error.ts";
import type { ChainJson, LogEntryJson, Outcome } from "../contract.ts";
import { editorHash } from "../models/page-place.ts";
import { Openers } from "./openers.ts";

export function Panel({
  title,
  actions,
  children,
  className = "",
}: {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly className?: string;
}) {
  return (
    <section class={`panel ${className}`} aria-label={title} tabIndex={-1}>
      <div class="panel-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** A name in a list; a very long one is cut off, and shown in full where it is chosen. */
export function Name({ text }: { readonly text: string }) {
  return (
    <span class="name clamped" title={text}>
      {text}
    </span>
  );
}

export function Problem({ text }: { readonly text: string | undefined }) {
  return text === undefined || text === "" ? null : (
    <p class="problem" role="alert">
      {text}
    </p>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

const WORDS: Readonly<Record<Outcome, string>> = {
  allow: "allow",
  deny: "deny",
  refused: "refused",
  failed: "failed",
  other: "no decision",
};

export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }) {
  return <span class={`badge ${outcome}`}>{WORDS[outcome]}</span>;
}

/** `policies/roles.csv:12`, which leads to the row in the editor. */
export function PlaceLink({ place }: { readonly place: string }) {
  const { open } = useContext(Openers);
  if (open !== undefined) {
    return (
      <button type="button" class="link place" onClick={() => open(place)}>
        {place}
      </button>
    );
  }
  return (
    <a class="place" href={editorHash(place)}>
      {place}
    </a>
  );
}

export function Row({ place, row }: { readonly place: string; readonly row: string }) {
  return (
    <span class="row">
      <PlaceLink place={place} /> <code>{row}</code>
    </span>
  );
}

/** A row, and how the token reaches its subject. */
export function Chain({ chain: { path, place, row } }: { readonly chain: ChainJson }) {
  return (
    <li>
      <Row place={place} row={row} />
      <p class="path">
        by{" "}
        {path.map((subject, index) => (
          <span key={subject}>
            {index === 0 ? "" : " → "}
            <code>{subject}</code>
          </span>
        ))}
      </p>
    </li>
  );
}

/** The rows that decided a call, or why none did. */
export function Why({ entry: { rows, why } }: { readonly entry: LogEntryJson }) {
  if (rows.length === 0) return <span>{why}</span>;
  return (
    <>
      {rows.map(({ place, row }) => (
        <Row key={place} place={place} row={row} />
      ))}
    </>
  );
}

/** Text that scrolls. */
export function Code({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
    <section class="code-block" aria-label={`${label}, scrolls`} tabIndex={0}>
      <pre class="body">{text}</pre>
    </section>
  );
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => announce("Copied"),
      (error: unknown) => announce(`Not copied: ${reasonOf(error)}`),
    );
  };
  return (
    <button type="button" class="small" onClick={copy} aria-label={`Copy ${label}`}>
      Copy
    </button>
  );
}

/** `14:03:59`, and the date on another day. */
export function Time({ at }: { readonly at: number }) {
  const date = new Date(at);
  const time = date.toLocaleTimeString("en-GB");
  const isToday = date.toDateString() === new Date().toDateString();
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {isToday ? time : `${date.toISOString().slice(0, 10)} ${time}`}
    </time>
  );
}
