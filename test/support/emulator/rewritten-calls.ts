import type { IncomingHttpHeaders } from "node:http";
import { bridgedTemplate, type Template } from "./bridged-template.ts";
import { withResetSettings } from "./reset-pool-settings.ts";
import { type SignedCall, signedFetch } from "./signed-fetch.ts";

export type RewrittenCall = Pick<SignedCall, "service" | "headers" | "body">;

/** The bucket of templates that had to be changed. */
const BUCKET = "rehearsal-bridge";

const FORM = "application/x-www-form-urlencoded";
const UPDATE_USER_POOL = "AWSCognitoIdentityProviderService.UpdateUserPool";

/**
 * The calls that the emulator gets otherwise than they were made:
 * - one that hands a template to CloudFormation: {@link bridgedTemplate} leaves out what the emulator cannot take;
 * - `UpdateUserPool`: {@link withResetSettings} has it reset what the call leaves out, as AWS does.
 */
export class RewrittenCalls {
  readonly #emulator: string;
  readonly #log: (line: string) => void;
  readonly #told = new Set<string>();

  private constructor(emulator: string, log: (line: string) => void) {
    this.#emulator = emulator;
    this.#log = log;
  }

  static async create(emulator: string, log: (line: string) => void): Promise<RewrittenCalls> {
    await accepted(signedFetch({ service: "s3", method: "PUT", url: new URL(`/${BUCKET}`, emulator) }));
    return new RewrittenCalls(emulator, log);
  }

  /** The call to make in place of the one with these headers and this body; undefined where it is fine. */
  async rewrite(headers: IncomingHttpHeaders, body: string): Promise<RewrittenCall | undefined> {
    const type = headers["content-type"] ?? "";
    if (type.startsWith(FORM)) {
      const form = await this.#withBridgedTemplate(new URLSearchParams(body));
      if (form === undefined) return undefined;
      return { service: "cloudformation", headers: { "content-type": FORM }, body: form.toString() };
    }
    if (headers["x-amz-target"] !== UPDATE_USER_POOL) return undefined;
    return {
      service: "cognito-idp",
      headers: { "content-type": type, "x-amz-target": UPDATE_USER_POOL },
      body: withResetSettings(body),
    };
  }

  /** The stored template stays as it is: the emulator is shown another one. */
  async #withBridgedTemplate(call: URLSearchParams): Promise<URLSearchParams | undefined> {
    const address = call.get("TemplateURL");
    if (address === null) return undefined;
    const { pathname } = new URL(address);
    const source = new URL(pathname, this.#emulator);
    const stored = await accepted(signedFetch({ service: "s3", method: "GET", url: source }));
    const { template, changes } = bridgedTemplate(JSON.parse(stored) as Template);
    if (changes.length === 0) return undefined;
    for (const change of changes) this.#tell(change);
    const target = new URL(`/${BUCKET}${pathname}`, this.#emulator);
    await accepted(
      signedFetch({ service: "s3", method: "PUT", url: target, body: JSON.stringify(template) }),
    );
    const rewritten = new URLSearchParams(call);
    rewritten.set("TemplateURL", `https://s3.amazonaws.com${target.pathname}`);
    return rewritten;
  }

  #tell(change: string): void {
    if (this.#told.has(change)) return;
    this.#told.add(change);
    this.#log(change);
  }
}

/** @throws Error with the answer where it is no success */
async function accepted(answer: Promise<Response>): Promise<string> {
  const { ok, status } = await answer;
  const text = await (await answer).text();
  if (!ok) throw new Error(`the emulator answered ${status} to the bridge: ${text}`);
  return text;
}
