import { execFileSync, spawnSync } from "node:child_process";
import puppeteer, { type Browser } from "puppeteer-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Starts a browser: what CHROMIUM names, or the one of the machine, or Debian's, installed now. */
export function startBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return puppeteer.launch({ executablePath: findChromium() ?? installChromium(), args });
}

function findChromium(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named !== undefined && named !== "") return named;
  for (const name of NAMES) {
    const { status, stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** @throws Error that says what to do, where it may not install, or cannot */
function installChromium(): string {
  const advice = "install Debian's `chromium`, or name a Chromium or Chrome with the variable CHROMIUM";
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) {
    throw new Error(`the browser tests found no browser and may not install one: ${advice}`);
  }
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update"], { env, stdio: "pipe" });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env, stdio: "pipe" });
  } catch (cause) {
    throw new Error(`the browser tests found no browser, and apt-get could not install one: ${advice}`, {
      cause,
    });
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error(`apt-get installed chromium and it is not there: ${advice}`);
  return installed;
}
