import { type JsonObject, objectOf, textOf, textsOf } from "../../json.ts";
import type { GatewayAnswer, Pairs } from "./request.ts";

/**
 * The answer to the client from that of a function behind a proxy integration, payload format 1.0.
 *
 * @param isDecoded whether the body of an answer with `isBase64Encoded` is sent as bytes
 * @returns undefined if it is malformed
 */
export function proxyAnswer(
  payload: unknown,
  contentType: string,
  isDecoded = true,
): GatewayAnswer | undefined {
  const answer = objectOf(payload);
  const { statusCode, body, multiValueHeaders } = answer;
  const status = Number(statusCode ?? Number.NaN);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const many = Object.entries(objectOf(multiValueHeaders)).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, String(value)] as const),
  );
  const overridden = new Set(many.map(([name]) => name.toLowerCase()));
  const single = plainPairs(objectOf(answer["headers"])).filter(
    ([name]) => !overridden.has(name.toLowerCase()),
  );
  return withContentType(
    {
      status,
      headers: [...single, ...many],
      body: bytesOf(body ?? "", isDecoded && answer["isBase64Encoded"] === true),
    },
    contentType,
  );
}

/**
 * Likewise for payload format 2.0, where a function may return anything: without `statusCode` it is the body of a 200.
 *
 * @returns undefined if it is malformed
 */
export function proxyAnswerV2(payload: unknown): GatewayAnswer | undefined {
  const answer = objectOf(payload);
  if (answer["statusCode"] === undefined) {
    const body = typeof payload === "string" ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: [["content-type", "application/json"]], body };
  }
  const read = proxyAnswer({ ...answer, multiValueHeaders: {} }, "text/plain;charset=UTF-8");
  const cookies = textsOf([answer["cookies"] ?? []].flat()).map((cookie) => ["set-cookie", cookie] as const);
  return read === undefined ? undefined : { ...read, headers: [...read.headers, ...cookies] };
}

function plainPairs(headers: JsonObject): Pairs {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[name, String(value)] as const]
      : [],
  );
}

function bytesOf(body: unknown, isBase64: boolean): string | Uint8Array {
  const text = textOf(body) ?? "";
  return isBase64 ? Uint8Array.from(Buffer.from(text, "base64")) : text;
}

function withContentType(answer: GatewayAnswer, contentType: string): GatewayAnswer {
  const has = answer.headers.some(([name]) => name.toLowerCase() === "content-type");
  return has ? answer : { ...answer, headers: [["content-type", contentType], ...answer.headers] };
}
