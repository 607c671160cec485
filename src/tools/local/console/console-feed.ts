import type { Pool } from "../../cognito/pool.ts";
import type { IssuedTokens } from "../../cognito/tokens/token-issuer.ts";
import type { LiveJson, LogEntryJson, StackJson } from "../../console/contract.ts";
import { Listeners } from "../gateways/listeners.ts";
import type { Delivery } from "../recorder/delivery.ts";
import { DeliveryLog } from "../recorder/delivery-log.ts";
import type { ConsoleStack } from "./console-stack.ts";
import { deliveryJson } from "./delivery-json.ts";
import { IssuedLog } from "./issued-tokens.ts";
import { LiveLog } from "./live-log.ts";

/** What happens on the stack, for pages that are open, and kept for those that open later. */
export class ConsoleFeed {
  readonly issued = new IssuedLog();
  readonly deliveries = new DeliveryLog();
  readonly #entries = new Listeners<LogEntryJson>();
  readonly log = new LiveLog((entry) => {
    this.#entries.tell(entry);
    this.tell({ type: "entry", entry });
  });
  readonly #pages = new Listeners<LiveJson>();

  /** @returns stops listening */
  onLive(listener: (live: LiveJson) => void): () => void {
    return this.#pages.add(listener);
  }

  /** @returns stops listening */
  onEntry(listener: (entry: LogEntryJson) => void): () => void {
    return this.#entries.add(listener);
  }

  tell(live: LiveJson): void {
    this.#pages.tell(live);
  }

  delivery({ functionKeys }: Pick<ConsoleStack, "functionKeys">, told: Delivery): void {
    const functionName = functionKeys.get(told.functionName) ?? told.functionName;
    const delivery = this.deliveries.add({ ...told, functionName });
    if (delivery !== undefined) this.tell({ type: "delivery", delivery: deliveryJson(delivery) });
  }

  tokens(pool: Pick<Pool, "config" | "users" | "now">, tokens: IssuedTokens): void {
    this.tell({ type: "issued", issued: this.issued.add(pool, tokens) });
  }
}

/** Where the parts of the stack are. */
export function stackJson(state: StackJson["state"], stack: ConsoleStack): StackJson {
  const { ports, policies, routes, pool } = stack;
  const api = `http://127.0.0.1:${ports.api}`;
  const cognito = `http://127.0.0.1:${ports.cognito}`;
  return {
    state,
    api,
    rest: `${api}/dev`,
    cognito,
    policies,
    routes,
    signIn: signInPage(pool, cognito),
  };
}

/** The sign-in page of the first app client that has one; the app of the callback need not run. */
function signInPage({ config }: Pool, cognito: string): string | null {
  const client = config.clients.find(
    ({ flows, callbackUrls }) => flows.includes("code") && callbackUrls.length > 0,
  );
  if (client === undefined) return null;
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    redirect_uri: client.defaultRedirectUri ?? client.callbackUrls[0] ?? "",
    scope: client.scopes.filter((scope) => scope === "openid" || scope === "email").join(" "),
  });
  return `${cognito}/login?${query}`;
}
