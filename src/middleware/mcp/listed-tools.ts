import { property } from "../../authorizers/event-shape.ts";
import { isObject } from "./message.ts";

/**
 * The server's answer to `tools/list` with only the tools that may be called. What is not a list of named tools is
 * left out, whatever it is; an error stays as it is.
 *
 * @throws TypeError if the answer has neither an error nor a list: nothing of it is then passed on
 */
export function withListedTools(answer: unknown, mayCall: (name: string) => boolean): unknown {
  if (!isObject(answer)) throw new TypeError("the server gave no JSON-RPC answer to `tools/list`");
  const result = property(answer, "result");
  if (result === undefined && isObject(property(answer, "error"))) return answer;
  const tools = property(result, "tools");
  if (!isObject(result) || !Array.isArray(tools)) {
    throw new TypeError("the answer to `tools/list` has no list of tools");
  }
  const listed = tools.filter((tool: unknown) => {
    const name = property(tool, "name");
    return typeof name === "string" && mayCall(name);
  });
  // It is of this caller alone, also where the server says that all may share it (MCP 2026-07-28, "Caching").
  const scope = Object.hasOwn(result, "cacheScope") ? { cacheScope: "private" } : {};
  return { ...answer, result: { ...result, tools: listed, ...scope } };
}
