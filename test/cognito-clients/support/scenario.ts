import { basename } from "node:path";
import * as runner from "node:test";
import { keep } from "./evidence.ts";

let running: string | undefined;

/** A test: what the pool answers meanwhile is evidence of it. */
export function it(title: string, run: () => Promise<void>): void {
  runner.it(title, async () => {
    running = title;
    try {
      await run();
    } finally {
      running = undefined;
    }
  });
}

export { after, before, describe } from "node:test";

/** The pool answered a call. */
export function answered(call: string, refused: boolean): void {
  if (running === undefined) return;
  keep({ suite: basename(process.argv[1] ?? "", ".ts"), test: running, call, refused });
}
