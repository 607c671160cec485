import type { Session } from "./session.ts";
import { settings } from "./settings.ts";

export interface Order {
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
}

/** The API said no: 401 for the token, 403 for the caller. */
export class RefusedError extends Error {
  readonly status: number;
  /** What was asked, e.g. `DELETE /orders/order-1`. */
  readonly asked: string;

  constructor(status: number, asked: string) {
    super(`${asked}: ${status}`);
    this.status = status;
    this.asked = asked;
  }
}

/** Calls the API as the user of the session. @throws RefusedError */
export async function call(session: Session, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${settings.API}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await session.accessToken()}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new RefusedError(response.status, `${method} ${path}`);
  return response.status === 204 ? undefined : response.json();
}
