import { useEffect, useRef } from "preact/hooks";
import type { StackJson } from "./contract.ts";
import { keepFocus } from "./kept-focus.ts";
import { type Connection, useConnection } from "./live.ts";
import { hashOf, type PagePlace, SECTIONS, type Section } from "./models/page-place.ts";
import { usePlace } from "./place.ts";
import { Decisions } from "./views/decisions.tsx";
import { Events } from "./views/events.tsx";
import { Mails } from "./views/mails.tsx";
import { PolicyView } from "./views/policy.tsx";
import { Toast } from "./views/toast.tsx";
import { Tokens } from "./views/tokens.tsx";
import { TryRoute } from "./views/try-route.tsx";
import { Users } from "./views/users.tsx";

const TITLES: Readonly<Record<Section, string>> = {
  users: "Users",
  tokens: "Tokens",
  try: "Try",
  policy: "Policy",
  decisions: "Decisions",
  events: "Events",
  mails: "Mails",
};

export function App() {
  const connection = useConnection();
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(place.section);
  useEffect(() => {
    // A narrow window does not show all sections at once.
    const current = document.querySelector("nav a[aria-current=page]");
    current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    document.title = `${TITLES[place.section]} - claimgate console`;
    // A screen reader goes on reading where the new section begins.
    if (shown.current !== place.section) main.current?.focus();
    shown.current = place.section;
  }, [place.section]);
  useEffect(() => (main.current === null ? undefined : keepFocus(main.current)), []);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header connection={connection} />
      <nav aria-label="Sections">
        <ul>
          {SECTIONS.map((section) => (
            <li key={section}>
              <a href={hashOf(section)} aria-current={section === place.section ? "page" : undefined}>
                {TITLES[section]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main ref={main} id="main" tabIndex={-1}>
        <Banner connection={connection} />
        {connection.stack === undefined ? (
          <p class="empty" role="status">
            Waiting for the stack ...
          </p>
        ) : (
          <SectionView place={place} stack={connection.stack} />
        )}
      </main>
      <Toast />
    </>
  );
}

function SectionView({ place, stack }: { readonly place: PagePlace; readonly stack: StackJson }) {
  switch (place.section) {
    case "users":
      return <Users about={place.about} stack={stack} />;
    case "tokens":
      return <Tokens />;
    case "try":
      return <TryRoute about={place.about} stack={stack} />;
    case "policy":
      return <PolicyView about={place.about} />;
    case "decisions":
      return <Decisions />;
    case "events":
      return <Events about={place.about} />;
    case "mails":
      return <Mails stack={stack} />;
  }
}

function Header({ connection: { connected, stack } }: { readonly connection: Connection }) {
  const state = connected ? (stack?.state ?? "starting") : "disconnected";
  return (
    <header class="top">
      <h1>
        <span aria-hidden="true" class="mark">
          ✓
        </span>
        claimgate <span class="soft">console</span>
      </h1>
      <span class={`state ${state}`}>{state}</span>
      {stack === undefined ? null : (
        <p class="addresses">
          {stack.signIn === null ? null : (
            <a
              href={stack.signIn}
              target="_blank"
              rel="noreferrer"
              title={`It returns to ${new URL(stack.signIn).searchParams.get("redirect_uri")}, where the app has to run`}
            >
              Sign-in page
            </a>
          )}
          <code>{stack.api}</code>
        </p>
      )}
    </header>
  );
}

function Banner({ connection: { connected, stack } }: { readonly connection: Connection }) {
  if (!connected) {
    return (
      <p class="banner bad" role="alert">
        <strong>The stack does not answer.</strong> Start it with <code>npm start</code>; this page connects
        by itself.
      </p>
    );
  }
  if (stack?.state !== "restarting") return null;
  return (
    <p class="banner" role="status">
      <strong>The stack restarts.</strong> serverless.yml changed; what you do here works again in a few
      seconds.
    </p>
  );
}
