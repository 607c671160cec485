/** Where the routes, authorizers and groups of serverless.yml stand in its text; best effort, else line 1. */
export interface YamlLines {
  /** The event that deploys the route; `route` as the policy spells it. */
  readonly event: (kind: EventKind, route: string) => number;
  /** The `authorizer:` of that event. */
  readonly eventAuthorizer: (kind: EventKind, route: string) => number;
  /** The key below `authorizers:` of the provider. */
  readonly providerAuthorizer: (name: string) => number;
  readonly group: (name: string) => number;
  /** The first line that has the text. */
  readonly text: (text: string) => number;
  /** `allowedMethods:`, else `cors:`, of the provider's HTTP API. */
  readonly allowedMethods: number;
}

/** The key of an event in serverless.yml. */
export type EventKind = "httpApi" | "http" | "websocket";

interface Block {
  readonly kind: string;
  /** Counted from 0. */
  readonly start: number;
  readonly lines: readonly string[];
}

/** Reads the lines of a serverless.yml. The text is searched, not parsed: what is resolved is not in it. */
export function yamlLines(text: string): YamlLines {
  // A comment about an event is not the event.
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, ""));
  const blocks = eventBlocks(lines);
  const eventOf = (kind: EventKind, route: string) =>
    blocks.find((block) => block.kind === kind && deploys(block.lines.join("\n"), route));
  const httpApi = Math.max(0, indexOf(lines, /^\s+httpApi\s*:\s*(\{.*)?$/));
  const belowHttpApi = (pattern: RegExp) => {
    const at = indexOf(lines.slice(httpApi), pattern);
    return at < 0 ? undefined : httpApi + at + 1;
  };
  return {
    allowedMethods: belowHttpApi(/\ballowedMethods\s*:/) ?? belowHttpApi(/\bcors\s*:/) ?? 1,
    event: (kind, route) => (eventOf(kind, route)?.start ?? 0) + 1,
    eventAuthorizer: (kind, route) => {
      const block = eventOf(kind, route);
      if (block === undefined) return 1;
      return block.start + Math.max(0, indexOf(block.lines, /\bauthorizer\s*:/)) + 1;
    },
    providerAuthorizer: (name) => {
      const section = indexOf(lines, /^\s*authorizers\s*:/);
      if (section < 0) return 1;
      const key = indexOf(lines.slice(section), new RegExp(`(^|[\\s{,])["']?${quoted(name)}["']?\\s*:`));
      return section + Math.max(0, key) + 1;
    },
    text: (text) => lines.findIndex((line) => line.includes(text)) + 1 || 1,
    group: (name) =>
      indexOf(lines, new RegExp(`\\bGroupName\\s*:\\s*["']?${quoted(name)}["']?(?=$|[\\s,}#])`)) + 1 || 1,
  };
}

function eventBlocks(lines: readonly string[]): Block[] {
  return lines.flatMap((line, start) => {
    const [, indent, kind] = /^(\s*)-\s+(?:\{\s*)?(httpApi|http|websocket)\s*:/.exec(line) ?? [];
    if (indent === undefined || kind === undefined) return [];
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((one) => one.trim() !== "" && indentOf(one) <= indent.length);
    return [{ kind, start, lines: [line, ...(end < 0 ? rest : rest.slice(0, end))] }];
  });
}

function deploys(block: string, route: string): boolean {
  const token = (pattern: string) => new RegExp(`(^|[\\s"':{,])${pattern}(?=$|[\\s"',}])`, "im").test(block);
  if (route === "$default") return token("(\\*|\\$default)");
  const [, method, path] = /^(\S+) \/(.*)$/.exec(route) ?? [];
  if (method === undefined || path === undefined) return token(quoted(route));
  return token(method === "ANY" ? "(any|\\*)" : method) && token(path === "" ? "/" : `/?${quoted(path)}/?`);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function indexOf(lines: readonly string[], pattern: RegExp): number {
  return lines.findIndex((line) => pattern.test(line));
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
