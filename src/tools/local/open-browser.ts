import { spawn } from "node:child_process";
import { messageOf } from "../../errors.ts";

/** What decides whether a browser opens. */
export interface Surroundings {
  /** `--open` or `--no-open`; undefined for neither. */
  readonly asked: boolean | undefined;
  /** Whether a person reads the output. */
  readonly isTerminal: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A program that opens a page in the default browser, and its arguments before the address. */
export type Opener = readonly [program: string, ...args: string[]];

/**
 * The program that opens the console; undefined if it stays closed. `BROWSER=none`, which other development servers
 * know as well, outweighs `--open`.
 */
export function browserOpener({ asked, isTerminal, platform, env }: Surroundings): Opener | undefined {
  if (asked === false || env["BROWSER"] === "none") return undefined;
  const isSeen = isTerminal && !isSet(env["CI"]) && hasDesktop(platform, env);
  return asked === true || isSeen ? (OPENERS[platform] ?? ["xdg-open"]) : undefined;
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, Opener>>> = {
  darwin: ["open"],
  // `start` is part of the shell; its first argument is a title.
  win32: ["cmd", "/c", "start", ""],
};

/** Someone who is logged in from elsewhere sees no browser that opens here. */
function hasDesktop(platform: NodeJS.Platform, env: Surroundings["env"]): boolean {
  if (isSet(env["SSH_CONNECTION"])) return false;
  return (
    platform === "darwin" || platform === "win32" || isSet(env["DISPLAY"]) || isSet(env["WAYLAND_DISPLAY"])
  );
}

const isSet = (value: string | undefined) => value !== undefined && value !== "" && value !== "false";

/** Opens an address. The program outlives this one. @param onFailure is told why, once, if it does not open */
export function openInBrowser(
  url: string,
  [program, ...args]: Opener,
  onFailure: (why: string) => void,
): void {
  const child = spawn(program, [...args, url], { detached: true, stdio: "ignore", windowsHide: true });
  child.once("error", (error) => onFailure(messageOf(error)));
  child.once("exit", (code) => {
    if (code !== null && code !== 0) onFailure(`${program} ended with exit status ${code}`);
  });
  child.unref();
}
