import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { jwksOf, type SigningKey } from "../../src/tools/cognito/tokens/signing.ts";
import { listen } from "./runtime-api.ts";

/** What one environment has been told of the pool's keys; times in milliseconds of `performance.now()`. */
export interface KeyView {
  readonly port: number;
  /** The ids of the keys that it fetched last; undefined before the first fetch that succeeded. */
  kids: ReadonlySet<string> | undefined;
  fetchedAt: number;
  failedAt: number;
  fetches: number;
  failures: number;
  close(): void;
}

/** The JWKS of a user pool, over TLS. */
export interface KeyServer {
  /** The certificate that a process must trust: a file for `NODE_EXTRA_CA_CERTS`. */
  readonly certificate: string;
  /** Publishes these keys and no others. */
  publish(keys: readonly SigningKey[]): void;
  /** Whether every request is answered with 503. */
  setOutage(isOut: boolean): void;
  /** A port for one environment, which tells its fetches from those of the others. */
  view(): Promise<KeyView>;
}

/** @param folder where the certificate and its key are written; `openssl` makes them for this host */
export function createKeyServer(folder: string, host: string, issuer: string): KeyServer {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files],
    {
      stdio: "pipe",
    },
  );
  const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
  const path = `${new URL(issuer).pathname}/.well-known/jwks.json`;
  let [published, body, isOut]: [ReadonlySet<string>, string, boolean] = [new Set(), "", false];
  return {
    certificate,
    publish: (keys) => {
      published = new Set(keys.map(({ kid }) => kid));
      body = JSON.stringify(jwksOf(keys));
    },
    setOutage: (out) => {
      isOut = out;
    },
    view: async () => {
      const server = createServer(tls, (request, response) => {
        const isFailing = isOut || request.url !== path || request.headers.host !== host;
        told(view, isFailing ? undefined : published);
        response.writeHead(isFailing ? 503 : 200, { "content-type": "application/json" });
        response.end(isFailing ? "" : body);
      });
      await listen(server);
      const view: KeyView = {
        port: (server.address() as AddressInfo).port,
        ...{ kids: undefined, fetchedAt: Number.NEGATIVE_INFINITY, failedAt: Number.NEGATIVE_INFINITY },
        ...{ fetches: 0, failures: 0 },
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      };
      return view;
    },
  };
}

function told(view: KeyView, kids: ReadonlySet<string> | undefined): void {
  if (kids === undefined) {
    view.failures += 1;
    view.failedAt = performance.now();
  } else {
    view.fetches += 1;
    view.kids = kids;
    view.fetchedAt = performance.now();
  }
}
