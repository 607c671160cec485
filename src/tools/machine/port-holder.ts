import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A program that listens. */
interface PortHolder {
  readonly pid: number;
  /** Its name, or the beginning of its command line. */
  readonly program: string;
}

/** Who listens on a TCP port of this machine; undefined where the system does not tell. */
function portHolder(port: number): PortHolder | undefined {
  try {
    return process.platform === "linux" ? holderInProc(port) : holderByLsof(port);
  } catch {
    return undefined;
  }
}

/** ` by NAME (process PID)`, for the message about a taken port; empty where nobody knows. */
export function heldBy(port: number): string {
  const holder = portHolder(port);
  return holder === undefined ? "" : ` by ${holder.program} (process ${holder.pid})`;
}

/** State of a listening socket in /proc/net/tcp. */
const LISTENING = "0A";

function holderInProc(port: number): PortHolder | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = new Set(
    ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
      linesIn(file).flatMap((line) => {
        const columns = line.trim().split(/\s+/);
        const isIt = columns[1]?.endsWith(`:${hex}`) === true && columns[3] === LISTENING;
        return isIt ? [`socket:[${columns[9]}]`] : [];
      }),
    ),
  );
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const pid = pids.find((one) => filesOf(one).some((target) => sockets.has(target)));
  if (pid === undefined) return undefined;
  const [program = "", script = ""] = linesIn(`/proc/${pid}/cmdline`).join(" ").split("\0");
  const name = program.split("/").at(-1) ?? program;
  return { pid: Number(pid), program: script.startsWith("-") || script === "" ? name : `${name} ${script}` };
}

function linesIn(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    // Without IPv6 one of the tables is missing; a process may end at any moment.
    return [];
  }
}

/** What the descriptors of a process lead to; nothing where they belong to another user. */
function filesOf(pid: string): readonly string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).flatMap((name) => {
      try {
        return [readlinkSync(`${folder}/${name}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function holderByLsof(port: number): PortHolder | undefined {
  const options = { encoding: "utf8" as const, stdio: "pipe" as const, timeout: 5_000 };
  const fields = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], options).split("\n");
  const field = (letter: string) => fields.find((line) => line.startsWith(letter))?.slice(1);
  const [pid, program] = [field("p"), field("c")];
  return pid === undefined || program === undefined ? undefined : { pid: Number(pid), program };
}
