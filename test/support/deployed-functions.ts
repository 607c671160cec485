import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { objectOf, textOf } from "../../src/json.ts";

export type Handler = (event: unknown) => Promise<unknown>;

/** The folders of recorded events, one for each kind: `events/http`. */
export const EVENT_FOLDERS: readonly string[] = readdirSync("events", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join("events", name));

/** Recorded events of the user pool; all others are of gateways. */
export const COGNITO_EVENTS = join("events", "cognito");

/** The handler of a function, as serverless.yml says where it is. */
export async function deployedHandler(name: string): Promise<Handler> {
  const functions = objectOf(objectOf(parse(readFileSync("serverless.yml", "utf8"), SILENT))["functions"]);
  const path = textOf(objectOf(functions[name])["handler"]);
  if (path === undefined) throw new Error(`serverless.yml has no function \`${name}\``);
  const [file = "", exported = ""] = path.split(".");
  const module = (await import(`../../${file}.ts`)) as Readonly<Record<string, Handler>>;
  const handler = module[exported];
  if (handler === undefined) throw new Error(`${file}.ts exports no \`${exported}\``);
  return handler;
}

/** The tags of CloudFormation are unknown here, and do not matter. */
const SILENT = { logLevel: "silent" } as const;
