import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { post } from "../api.ts";
import { reasonOf } from "../api-error.ts";
import type { DirectoryJson, GatewayJson, StackJson, TriedJson, UserJson } from "../contract.ts";
import { useServer } from "../live.ts";
import { directoryPath } from "../models/directory-path.ts";
import { firstBody, firstValue, parametersOf, takesBody } from "../models/route-form.ts";
import { Callers } from "./callers.tsx";
import { Empty, Panel, Problem } from "./parts.tsx";
import { TriedResult } from "./tried-result.tsx";

/** Calls any route of the service as anybody, and explains the answer. */
export function TryRoute({
  about,
  stack,
}: {
  readonly about: Readonly<Record<string, string>>;
  readonly stack: StackJson;
}) {
  const [asked, sign] = useState(about["who"]);
  const [search, look] = useState("");
  const { value: directory, error: unread } = useServer<DirectoryJson>(directoryPath(search, asked), "pool");
  const newest = directory?.users[0]?.username ?? "nobody";
  const who = asked ?? newest;
  const isRead = directory !== undefined;
  useEffect(() => {
    // Who signs up later does not call instead.
    if (isRead && asked === undefined) sign(newest);
  }, [isRead]);
  const found = directory?.search ?? "";
  useEffect(() => {
    // A search means the first user that it finds, until another one is chosen.
    const first = directory?.users[0]?.username;
    if (found !== "" && first !== undefined) sign(first);
  }, [found]);
  const [tried, show] = useState<TriedJson>();
  const [error, fail] = useState("");
  const [busy, work] = useState(false);
  const call = async (trial: Trial) => {
    work(true);
    try {
      show(await post<TriedJson>("/api/try", trial));
      fail("");
    } catch (cause) {
      fail(reasonOf(cause));
      show(undefined);
    } finally {
      work(false);
    }
  };
  return (
    <div class="two-panes">
      <Panel title="Try a route">
        <Problem text={unread} />
        {stack.routes.length === 0 ? (
          <Empty>The service deploys no route with a path.</Empty>
        ) : directory === undefined ? null : (
          <TrialForm
            about={about}
            stack={stack}
            user={[...directory.users, directory.asked].find((one) => one?.username === who)}
            who={who}
            busy={busy || search.trim() !== found}
            call={(one) => void call(one)}
            callers={<Callers who={who} directory={directory} search={search} look={look} choose={sign} />}
          />
        )}
      </Panel>
      <div aria-live="polite">
        <Problem text={error} />
        {tried === undefined ? (
          error === "" && (
            <Empty>Choose who calls what. The answer comes from the real API of this stack.</Empty>
          )
        ) : (
          <TriedResult tried={tried} />
        )}
      </div>
    </div>
  );
}

interface Trial {
  readonly who: string;
  readonly route: string;
  readonly gateway: GatewayJson;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string;
}

function TrialForm({
  about,
  stack,
  who,
  user,
  callers,
  busy,
  call,
}: {
  readonly about: Readonly<Record<string, string>>;
  readonly stack: StackJson;
  readonly who: string;
  /** Undefined for a machine, and for nobody. */
  readonly user: UserJson | null | undefined;
  readonly callers: ComponentChildren;
  readonly busy: boolean;
  readonly call: (trial: Trial) => void;
}) {
  const first = stack.routes.find(({ route }) => route === "GET /orders") ?? stack.routes[0];
  const [route, choose] = useState(about["route"] ?? first?.route ?? "");
  const [wanted, enter] = useState<GatewayJson>("http");
  const [values, fill] = useState<Readonly<Record<string, string>>>({});
  const [bodies, write] = useState<Readonly<Record<string, string>>>({});
  const gateways = stack.routes.find((known) => known.route === route)?.gateways ?? ["http"];
  const gateway = gateways.includes(wanted) ? wanted : (gateways[0] ?? "http");
  const body = bodies[route] ?? firstBody(route);
  const parameters = Object.fromEntries(
    parametersOf(route).map((name) => [
      name,
      values[`${who} ${name}`] ?? firstValue(name, user?.attributes ?? {}),
    ]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) call({ who, route, gateway, parameters, body: takesBody(route) ? body : "" });
      }}
    >
      {callers}
      <label>
        Route
        <select value={route} onChange={(event) => choose(event.currentTarget.value)}>
          {stack.routes.map((known) => (
            <option key={known.route} value={known.route}>
              {known.route}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="toggles">
        <legend>Gateway</legend>
        {(["http", "rest"] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="gateway"
              checked={one === gateway}
              disabled={!gateways.includes(one)}
              onChange={() => enter(one)}
            />
            {one === "http" ? "HTTP API" : "REST API"}
          </label>
        ))}
      </fieldset>
      {Object.entries(parameters).map(([name, value]) => (
        <label key={name}>
          <code>{`{${name}}`}</code>
          <input
            required
            value={value}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => fill({ ...values, [`${who} ${name}`]: event.currentTarget.value })}
          />
        </label>
      ))}
      {takesBody(route) ? (
        <label>
          Body (JSON)
          <textarea
            rows={3}
            spellcheck={false}
            value={body}
            onInput={(event) => write({ ...bodies, [route]: event.currentTarget.value })}
          />
        </label>
      ) : null}
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? "Calling ..." : "Call"}
        </button>
      </div>
    </form>
  );
}
