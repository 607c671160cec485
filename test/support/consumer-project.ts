import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type JsonObject, objectOf } from "../../src/json.ts";
import { jwksOf } from "../../src/tools/cognito/tokens/signing.ts";
import { POOL_KEY } from "./authorization.ts";
import { BARE_ENVIRONMENT } from "./bare-environment.ts";
import { packedPackage } from "./packed-package.ts";
import { type ProjectFolder, projectFolder } from "./project-folder.ts";
import { unzip } from "./unzip.ts";

export interface ConsumerRun {
  readonly status: number | null;
  /** Both outputs together. */
  readonly output: string;
}

/** The answer of a handler, or the message of its error. */
export type Invoked = { readonly answer: unknown } | { readonly error: string };

/** A project of somebody else, with the packed package installed, in a folder whose name has a space. */
export interface ConsumerProject extends ProjectFolder {
  /** Adds a package of another `node_modules`. */
  link(name: string, source: string): void;
  /** Runs a program of Node in the project. Killed after a minute. */
  node(program: string, ...args: readonly string[]): ConsumerRun;
  /** Runs the Serverless Framework. */
  sls(...args: readonly string[]): ConsumerRun;
  /** The packaged template. */
  template(): { readonly Resources: JsonObject; readonly Outputs: JsonObject };
  /** The properties of a packaged resource. */
  properties(id: string): JsonObject;
  /** The size of the archive of a function, in bytes. */
  archiveSize(key: string): number;
  /**
   * Calls the handler of a packaged function as Lambda does, in a process of its own. The keys of the pool are those of
   * the tests; no other address answers.
   *
   * @param handler its file in the archive, if it is not the plugin's
   */
  invoke(
    key: string,
    event: unknown,
    environment?: Readonly<Record<string, string>>,
    handler?: string,
  ): Invoked;
  /** The same for the handler of a file in the project. */
  call(file: string, event: unknown, environment?: Readonly<Record<string, string>>): Invoked;
  /** What the handler of the last call logged, a line each. */
  logged(): readonly JsonObject[];
}

/**
 * @param modules packages of a `node_modules` that the project has too
 * @param from the folder that has them
 */
export function consumerProject(modules: readonly string[], from = "node_modules"): ConsumerProject {
  const project = projectFolder(" consumer");
  const { folder, write, read } = project;
  const home = join(folder, "node_modules", "claimgate");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", packedPackage(), "-C", home, "--strip-components=1"]);
  const link = (name: string, source: string) => {
    const at = join(folder, "node_modules", name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(resolve(source, name), at, "dir");
  };
  for (const name of ["aws-jwt-verify", "casbin"]) link(name, "node_modules");
  for (const name of modules) link(name, from);
  const node = (...args: readonly string[]): ConsumerRun => {
    const env = { ...BARE_ENVIRONMENT, HOME: folder, SLS_NOTIFICATIONS_MODE: "off" };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...env, SLS_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
      timeout: 60_000,
      killSignal: "SIGKILL",
    });
    return { status, output: stdout + stderr };
  };
  const template = () => {
    const text = read(".serverless/cloudformation-template-update-stack.json");
    const json = objectOf(JSON.parse(text));
    return { Resources: objectOf(json["Resources"]), Outputs: objectOf(json["Outputs"]) };
  };
  const archive = (key: string) => readFileSync(join(folder, ".serverless", `${key}.zip`));
  let lines: readonly string[] = [];
  const call: ConsumerProject["call"] = (file, event, environment = {}) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["run handler.cjs", join(folder, file), JSON.stringify(event)],
      {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env["PATH"] ?? "", JWKS: JSON.stringify(jwksOf([POOL_KEY])), ...environment },
        timeout: 30_000,
      },
    );
    lines = stdout.trim().split("\n");
    const last = lines.at(-1) ?? "";
    if (!last.startsWith("{")) throw new Error(`the handler answered nothing:\n${stdout}${stderr}`);
    return JSON.parse(last) as Invoked;
  };
  write("package.json", '{"name":"shop","private":true}');
  write("run handler.cjs", RUNNER);
  return {
    ...project,
    link,
    node,
    sls: (...args) => node("node_modules/serverless/bin/serverless.js", ...args),
    template,
    properties: (id) => objectOf(objectOf(template().Resources[id])["Properties"]),
    archiveSize: (key) => archive(key).byteLength,
    invoke: (key, event, environment = {}, handler = `.claimgate/${key}.js`) => {
      // The archive has no package.json, so Lambda does not read that of the project.
      write(join("unpacked", "package.json"), "{}");
      for (const [name, text] of unzip(archive(key))) write(join("unpacked", key, name), text);
      return call(join("unpacked", key, handler), event, environment);
    },
    call,
    logged: () => lines.slice(0, -1).map((line) => objectOf(JSON.parse(line))),
  };
}

/** Answers every request of the process with the key set, and calls the handler. */
const RUNNER = `const { EventEmitter } = require("node:events");
const https = require("node:https");
const { Readable } = require("node:stream");
https.request = (uri, options, respond) => {
  const request = Object.assign(new EventEmitter(), { destroy() {}, write() {} });
  request.end = () => {
    const body = Readable.from([Buffer.from(process.env.JWKS)]);
    queueMicrotask(() => respond(Object.assign(body, { statusCode: /jwks.json$/.test(uri) ? 200 : 404 })));
  };
  return request;
};
const [, , file, event] = process.argv;
require(file).handler(JSON.parse(event)).then(
  (answer) => console.log(JSON.stringify({ answer })),
  (error) => console.log(JSON.stringify({ error: error.message })),
);
`;
