import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

// node --import tsx keeper.ts FOLDER COMMAND ARGUMENT...
//
// Runs a command until the process that started this one is gone. When its end of standard input closes, for any
// reason, the keeper stops the command and its children, and removes their working folder. It exits with the
// command's exit code.

/** How long the command may take to end by itself. */
const STOP_LIMIT_MS = 5_000;

const [folder = "", command = "", ...args] = process.argv.slice(2);
// A process group of its own: the command starts processes too, and a signal can then reach all of them.
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], detached: true });

function signal(name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is gone already.
  }
}

function stop(): void {
  signal("SIGTERM");
  setTimeout(() => signal("SIGKILL"), STOP_LIMIT_MS).unref();
}

process.stdin.on("end", stop).on("error", stop).resume();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);

function end(code: number): never {
  // Whatever it started and left behind.
  signal("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.exit(code);
}

child.once("error", (error) => {
  console.error(error.message);
  end(1);
});
child.once("exit", (code) => end(code ?? 1));
