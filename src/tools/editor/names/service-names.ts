import { clientNameOf } from "../../cloudformation/logical-names.ts";
import { type EventKind, routeOfEvent } from "../../service/event-route.ts";
import type { NamesOfFile, SourceText } from "./name.ts";
import { parametersIn } from "./names-in-string.ts";
import {
  entriesOf,
  itemsOf,
  type NameInText,
  namesInYaml,
  valueAt,
  whole,
  type YamlNames,
} from "./yaml-names.ts";
import type { YamlEntry, YamlNode } from "./yaml-strings.ts";

/**
 * The names of serverless.yml, or of a file that it includes: routes of function events, app clients, groups and scopes
 * of the pool, claims that a trigger copies. As written: what only a variable knows is left out.
 */
export function namesInService(file: SourceText): NamesOfFile {
  return namesInYaml(file, (node, names) => visit(node, names));
}

function visit(node: YamlNode, names: YamlNames): void {
  if (node.kind === "list") for (const item of node.items) visit(item, names);
  if (node.kind !== "map") return;
  ofResource(node, names);
  for (const entry of node.entries) {
    ofEntry(entry, names);
    visit(entry.value, names);
  }
}

function ofEntry({ name, value }: YamlEntry, names: YamlNames): void {
  if (name === "events") for (const event of itemsOf(value)) ofEvent(event, names);
  if (name === "appClients") names.keys(value, whole("client", 0));
  if (name === "CLAIMGATE_APP_CLIENTS") eachText(value, (text) => names.text(text, keysOfJson("client")));
  if (name === "CLAIMGATE_COPIED_CLAIMS") eachText(value, (text) => names.text(text, keysOfJson("claim")));
}

/** The strings of a value, through intrinsic functions. */
function eachText(node: YamlNode, use: (text: YamlNode) => void): void {
  if (node.kind === "list") for (const item of node.items) eachText(item, use);
  else if (node.kind === "map") for (const { value } of node.entries) eachText(value, use);
  else use(node);
}

/** The keys of a JSON object in a string, which may have variables and be a part of the object only. */
function keysOfJson(kind: "client" | "claim"): (text: string) => readonly NameInText[] {
  return (text) =>
    [...text.matchAll(/"([^"\\]+)"(?= ?:)/g)].map(({ index, 1: name = "" }) => ({
      kind,
      name,
      start: index + 1,
      defines: 0,
    }));
}

const EVENTS = ["httpApi", "http", "websocket"] as const satisfies readonly EventKind[];

function ofEvent(event: YamlNode, names: YamlNames): void {
  for (const kind of EVENTS) {
    const value = valueAt(event, kind);
    if (value?.kind === "text") ofRoute(value, routeOfEvent(kind, value.value), names);
    else if (value?.kind === "map") {
      const text = (name: string) => {
        const part = valueAt(value, name);
        return part?.kind === "text" ? part.value : undefined;
      };
      const parts = { method: text("method"), path: text("path"), route: text("route") };
      ofRoute(valueAt(value, kind === "websocket" ? "route" : "path"), routeOfEvent(kind, parts), names);
    }
  }
}

/** The place of a route is where its path is written, however the policy spells the route. */
function ofRoute(node: YamlNode | undefined, route: string | undefined, names: YamlNames): void {
  if (node?.kind !== "text" || route === undefined || node.value.includes("${")) return;
  names.text(node, (text) => [
    { kind: "route", name: route, start: 0, defines: 0, otherwise: true },
    ...parametersIn(text).map((one) => ({ ...one, defines: 1 })),
  ]);
}

function ofResource(node: YamlNode, names: YamlNames): void {
  const type = valueAt(node, "Type");
  if (type === undefined) {
    for (const { name, offset, value } of entriesOf(node)) {
      if (isOfType(value, "AWS::Cognito::UserPoolClient")) {
        names.text({ kind: "text", offset, value: name }, () => [
          { kind: "client", name: clientNameOf(name), start: 0, defines: 1, otherwise: true },
        ]);
      }
    }
    return;
  }
  const properties = valueAt(node, "Properties");
  if (isOfType(node, "AWS::Cognito::UserPoolGroup")) {
    names.text(valueAt(properties, "GroupName"), (text) =>
      text.includes("${") ? [] : whole("group", 0)(text),
    );
  }
  if (isOfType(node, "AWS::Cognito::UserPoolResourceServer")) {
    const identifier = valueAt(properties, "Identifier");
    if (identifier?.kind !== "text" || identifier.value.includes("${")) return;
    for (const scope of itemsOf(valueAt(properties, "Scopes"))) {
      names.text(valueAt(scope, "ScopeName"), (text) => [
        { kind: "scope", name: `${identifier.value}/${text}`, start: 0, defines: 0, otherwise: true },
      ]);
    }
  }
}

function isOfType(node: YamlNode, type: string): boolean {
  const written = valueAt(node, "Type");
  return written?.kind === "text" && written.value === type;
}
