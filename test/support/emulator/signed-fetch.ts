import { createHash, createHmac } from "node:crypto";
import { CREDENTIALS, type Credentials, REGION } from "./account.ts";

/** What tells the emulator that a call came over TLS, as all do on AWS: policies ask for it (`aws:SecureTransport`). */
export const OVER_TLS = { "x-forwarded-proto": "https" };

export interface SignedCall {
  /** The name that signatures have for the service, such as `s3`. */
  readonly service: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The root user's where they are left out. */
  readonly credentials?: Credentials;
}

/**
 * `fetch` with an AWS signature, version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), for requests
 * that no client of the AWS SDK makes here.
 */
export function signedFetch(call: SignedCall, now = new Date()): Promise<Response> {
  const { method, url, body = "", credentials = CREDENTIALS } = call;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [time.slice(0, 8), REGION, call.service, "aws4_request"].join("/");
  const headers: Record<string, string> = {
    ...call.headers,
    ...OVER_TLS,
    host: url.host,
    "x-amz-date": time,
    "x-amz-content-sha256": sha256(body),
    ...(credentials.sessionToken !== undefined && { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    url.pathname.split("/").map(encodeOnce).join("/"),
    queryOf(url),
    ...names.map((name) => `${name}:${headers[name] ?? ""}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${credentials.secretAccessKey}`));
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ` +
    `SignedHeaders=${names.join(";")}, Signature=${hmac(key, text).toString("hex")}`;
  return fetch(url, { method, headers, ...(method === "GET" ? {} : { body }) });
}

function queryOf(url: URL): string {
  const pairs = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join("="));
  return pairs.sort().join("&");
}

/** A path segment in the one way that signatures allow, whatever way it came. */
function encodeOnce(segment: string): string {
  return encodeURIComponent(decodeURIComponent(segment)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
