import { type JudgeRequest, Judging, type Surroundings, type Verdict } from "./judging.ts";

/** Asks for a verdict on the state of the page. */
export type AskJudge = (request: JudgeRequest) => void;

type Model = Surroundings["model"];

/** For the script where it runs as a worker: judges what the page sends. */
export function serveJudge(): void {
  let judging: Judging | undefined;
  addEventListener("message", ({ data }: MessageEvent<Model | JudgeRequest>) => {
    if ("revision" in data) void judging?.judge(data);
    else judging = new Judging(around(data), (verdict) => postMessage(verdict));
  });
}

/**
 * Judges in a worker, so that typing never waits; in the page itself where the browser makes no worker.
 *
 * @param script the text of this program
 */
export function startJudge(script: string, model: Model, tell: (verdict: Verdict) => void): AskJudge {
  const here = new Judging(around(model), tell);
  let last: JudgeRequest | undefined;
  let ask: AskJudge = (request) => void here.judge(request);
  try {
    const worker = new Worker(scriptUrl(script));
    worker.addEventListener("message", ({ data }: MessageEvent<Verdict>) => tell(data));
    worker.addEventListener("error", () => {
      ask = (request) => void here.judge(request);
      if (last !== undefined) ask(last);
    });
    worker.postMessage(model);
    ask = (request) => worker.postMessage(request);
  } catch {
    // It stays here.
  }
  return (request) => {
    last = request;
    ask(request);
  };
}

/** The page allows no other addresses of scripts: docs/adr/0085-playground.md. */
function scriptUrl(script: string): string {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { trustedTypes } = window as unknown as { readonly trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("claimgate", { createScriptURL: () => url });
  return policy?.createScriptURL(url) ?? url;
}

/** What TypeScript does not know of the DOM yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: () => string },
  ): { createScriptURL(url: string): string };
}

function around(model: Model): Surroundings {
  return { model, now: Date.now, pause: () => new Promise((resolve) => setTimeout(resolve, 0)) };
}
