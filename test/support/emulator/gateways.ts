import { rehearsal } from "./rehearsal.ts";
import type { DeployedStack } from "./stack.ts";

interface Call {
  readonly method?: string;
  /** Sent as `Authorization: Bearer ...`. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Calls a deployed API as its clients do, at the emulator's data plane. */
export type Api = (path: string, call?: Call) => Promise<Answer>;

export function httpApi(stack: DeployedStack): Api {
  return api(`/_aws/execute-api/${stack.output("HttpApiId")}/$default`);
}

export function restApi(stack: DeployedStack, stage: string): Api {
  return api(`/_aws/execute-api/${stack.physicalId("ApiGatewayRestApi")}/${stage}`);
}

function api(base: string): Api {
  return async (path, { method = "GET", token, headers = {}, body } = {}) => {
    const answer = await fetch(`${rehearsal().emulator}${base}${path}`, {
      method,
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
}
