import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Makes the files that a clone of this working tree would have, with the packages of this one. */
export function copyRepository(copy: string): void {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const file of execFileSync("git", args, { encoding: "utf8" }).split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file), { force: true });
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"), "dir");
}

/** Declares an event of the function `orders` below its last `httpApi` event. */
export function addEvent(copy: string, event: string): void {
  const file = join(copy, "serverless.yml");
  const text = readFileSync(file, "utf8");
  const last = [...text.matchAll(/^( +)- httpApi: .*\n/gm)].at(-1);
  const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
  const indented = event.trim().replaceAll(/^/gm, last?.[1] ?? "");
  writeFileSync(file, `${text.slice(0, end)}${indented}\n${text.slice(end)}`);
}

/**
 * Declares an `http` event of the function `orders`, behind the last one: the anchors of the others are known there.
 */
export function addRestEvent(copy: string, event: string): void {
  const file = join(copy, "serverless.yml");
  const text = readFileSync(file, "utf8");
  const [anchored = ""] = /^ +authorizer: &restToken\n(?: {12}.*\n)+/m.exec(text) ?? [];
  writeFileSync(
    file,
    text.replace(anchored, () => `${anchored}      - http: ${event}\n`),
  );
}
