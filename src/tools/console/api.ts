import { ApiError } from "./api-error.ts";
import type { ErrorJson, LiveJson } from "./contract.ts";
import { EventStreamReader } from "./models/event-stream.ts";

const TOKEN = document.querySelector<HTMLMetaElement>("meta[name=console-token]")?.content ?? "";

/** @throws ApiError; its code is `down` where nothing answers */
export async function get<Answer>(path: string): Promise<Answer> {
  return read<Answer>(await asked(path, {}));
}

/** @throws ApiError */
export async function post<Answer>(path: string, body: object): Promise<Answer> {
  return read<Answer>(await asked(path, { method: "POST", body: JSON.stringify(body) }));
}

async function asked(path: string, init: RequestInit): Promise<Response> {
  const headers = {
    "x-console-token": TOKEN,
    ...(init.body === undefined ? {} : { "content-type": "application/json" }),
  };
  try {
    return await fetch(path, { ...init, headers });
  } catch {
    throw new ApiError({ code: "down", message: "npm start does not run any more; start it again" });
  }
}

async function read<Answer>(response: Response): Promise<Answer> {
  const body: unknown = await response.json();
  if (response.ok) return body as Answer;
  const error = new ApiError(body as ErrorJson);
  // Another start has another token: the page of that start is one load away.
  if (error.code === "token") location.reload();
  throw error;
}

const RETRY_MS = 1_000;

export interface LiveListener {
  readonly onLive: (live: LiveJson) => void;
  readonly onState: (connected: boolean) => void;
}

/** Follows what happens on the stack, for as long as the page is open: a connection that ends is made again. */
export async function follow({ onLive, onState }: LiveListener): Promise<never> {
  for (;;) {
    try {
      const response = await asked("/api/live", {});
      if (!response.ok || response.body === null) await read(response);
      onState(true);
      await readLive(response, onLive);
    } catch {
      // The connection ended, or there is none: tried again below.
    }
    onState(false);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function readLive({ body }: Response, onLive: (live: LiveJson) => void): Promise<void> {
  if (body === null) return;
  const events = new EventStreamReader();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const data of events.take(value)) onLive(JSON.parse(data) as LiveJson);
  }
}
