import { useEffect, useState } from "preact/hooks";
import { follow, get } from "./api.ts";
import { reasonOf } from "./api-error.ts";
import type { LiveJson, StackJson } from "./contract.ts";

const listeners = new Set<(live: LiveJson) => void>();

/** Hears what happens on the stack while a part of the page is shown. */
export function useLive(listener: (live: LiveJson) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  });
}

/** The state of the connection, and of the stack behind it. */
export interface Connection {
  readonly connected: boolean;
  readonly stack: StackJson | undefined;
}

/** Follows the stack; for the root of the page. */
export function useConnection(): Connection {
  const [connection, change] = useState<Connection>({ connected: true, stack: undefined });
  useEffect(() => {
    let lost = false;
    void follow({
      onLive: (live) => {
        if (live.type === "stack") change({ connected: true, stack: live.stack });
        tell(live);
      },
      onState: (connected) => {
        change((before) => ({ ...before, connected }));
        // What happened in the meantime was not heard.
        if (connected && lost) for (const type of ["pool", "policy"] as const) tell({ type });
        lost = !connected;
      },
    });
  }, []);
  return connection;
}

function tell(live: LiveJson): void {
  for (const listener of listeners) listener(live);
}

export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: string | undefined;
  readonly reload: () => void;
}

/** Reads something of the server, and again when something of these kinds happens. */
export function useServer<Value>(path: string, ...kinds: readonly LiveJson["type"][]): Loaded<Value> {
  const [state, change] = useState<{ readonly value?: Value; readonly error?: string }>({});
  const [round, next] = useState(0);
  useEffect(() => {
    let current = true;
    get<Value>(path).then(
      (value) => current && change({ value }),
      (error: unknown) => current && change((before) => ({ ...before, error: reasonOf(error) })),
    );
    return () => {
      current = false;
    };
  }, [path, round]);
  const reload = () => next((count) => count + 1);
  useLive((live) => {
    if (kinds.includes(live.type) || (live.type === "stack" && live.stack.state === "ready")) reload();
  });
  return { value: state.value, error: state.error, reload };
}
