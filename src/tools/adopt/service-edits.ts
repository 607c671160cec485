import type { EventKind } from "../service/event-route.ts";
import { PACKAGE_PLUGIN } from "../service/plugins.ts";
import type { GatewayKind, ServiceRoute } from "../service/service.ts";
import type { ServicePlaces } from "../service/service-places.ts";
import { offsetIn } from "../text/place.ts";
import { UneditableYaml } from "../text/uneditable-yaml.ts";
import { EditableYaml } from "../text/yaml-edits.ts";
import { AUTHORIZER } from "./authorizer-name.ts";
import type { GivenRoute } from "./given-today.ts";
import { MARKER } from "./marker-attribute.ts";
import { languageOf, linesFor, type WantedLines } from "./source-text.ts";

/** A file of the service, before and after. */
export interface FileEdit {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What somebody has to write, since the file is not as usual. */
export interface ByHand {
  /** `serverless.yml`, or `serverless.yml:12:9`. */
  readonly at: string;
  readonly why: string;
  readonly lines: readonly string[];
}

export interface ServiceEdits {
  readonly files: readonly FileEdit[];
  readonly byHand: readonly ByHand[];
}

/** What serverless.yml gets. */
export interface Wanted {
  /** The name of that file. */
  readonly file: string;
  readonly hasPlugin: boolean;
  /** `custom.claimgate`; undefined if the service has it. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Functions that the plugin does not declare as a whole: key -> properties. */
  readonly functions: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly routes: readonly GivenRoute[];
  /** All routes of the service, also those that no policy can name. */
  readonly deployed: readonly ServiceRoute[];
  /** The logical id of the user pool that gets the marker attribute; undefined if none does. */
  readonly unmarkedPool: string | undefined;
  readonly places: ServicePlaces;
}

/**
 * The edits of serverless.yml, and of the files that it includes events from. Each edit is made in its place or, where
 * the file is not as usual, described for somebody to make.
 *
 * @param read the text of a file of the service; undefined if it cannot be read
 */
export function serviceEdits(wanted: Wanted, read: (path: string) => string | undefined): ServiceEdits {
  const editor = new Editor(wanted.places, read);
  const { file, settings } = wanted;
  if (!wanted.hasPlugin) {
    editor.edit(file, file, { name: "plugins", value: [PACKAGE_PLUGIN] }, (yaml) =>
      yaml.addItem("plugins", PACKAGE_PLUGIN, ["frameworkVersion", "service"]),
    );
  }
  if (settings !== undefined) {
    editor.edit(file, file, { name: "custom", value: { claimgate: settings } }, (yaml) =>
      yaml.addEntry(["custom"], "claimgate", settings, ["plugins", "frameworkVersion", "service"]),
    );
  }
  for (const [name, definition] of wanted.functions) {
    editor.edit(file, file, { name: "functions", value: { [name]: definition } }, (yaml) =>
      yaml.addEntry(["functions"], name, definition),
    );
  }
  const replaced = wanted.routes.flatMap(({ route, given }) =>
    given.to === "subjects" || (given.to === "roles" && given.replaces) ? [route] : [],
  );
  const kept = wanted.deployed.filter((route) => !replaced.includes(route));
  for (const route of replaced) editor.guard(route, { deployed: wanted.deployed, kept });
  if (wanted.unmarkedPool !== undefined) editor.mark(wanted.unmarkedPool);
  return editor.result();
}

const KINDS: Readonly<Record<GatewayKind, EventKind>> = {
  http: "httpApi",
  rest: "http",
  websocket: "websocket",
};

class Editor {
  readonly #places: ServicePlaces;
  readonly #read: (path: string) => string | undefined;
  readonly #files = new Map<string, { before: string; yaml: EditableYaml } | UneditableYaml>();
  readonly #byHand: ByHand[] = [];

  constructor(places: ServicePlaces, read: (path: string) => string | undefined) {
    this.#places = places;
    this.#read = read;
  }

  edit(
    path: string,
    at: string,
    wanted: WantedLines,
    change: (yaml: EditableYaml, text: string) => void,
  ): void {
    try {
      const { yaml, before } = this.#open(path);
      change(yaml, before);
    } catch (error) {
      if (!(error instanceof UneditableYaml)) throw error;
      this.#byHand.push({ at, why: error.message, lines: linesFor(path, wanted) });
    }
  }

  /** Gives the event of a route the authorizer of claimgate, in place of its own. */
  guard(
    route: ServiceRoute,
    {
      deployed,
      kept,
    }: { readonly deployed: readonly ServiceRoute[]; readonly kept: readonly ServiceRoute[] },
  ): void {
    const kind = KINDS[route.gateway];
    const has = route.authorizer !== undefined;
    const { file, line, column } = has
      ? this.#places.eventAuthorizer(route.functionName, kind, route.route)
      : this.#places.event(route.functionName, kind, route.route);
    const wanted = {
      name: kind,
      value: { ...spelledOut(route), authorizer: AUTHORIZER },
      isEvent: true,
    } as const;
    // A variable in the path of an event may be several routes.
    const other = deployed.find((one) => sameEvent(one, route) && one.route !== route.route);
    // What an alias repeats may be the authorizer of a route that keeps it.
    const evenShared = kept.every(({ authorizer }) => authorizer?.name !== route.authorizer?.name);
    this.edit(file, `${file}:${line}:${column}`, wanted, (yaml, text) => {
      if (other !== undefined)
        throw new UneditableYaml(`it is not clear whether this event is that of \`${other.route}\``);
      const offset = offsetIn(text, line, column);
      if (has) yaml.replaceValue(offset, "authorizer", AUTHORIZER, evenShared);
      else yaml.addToValue(offset, kind, { authorizer: AUTHORIZER }, spelledOut(route));
    });
  }

  /** Gives a user pool the attribute that triggers write. */
  mark(pool: string): void {
    const path = [pool, "Properties", "Schema"];
    const { file, line, column } = this.#places.at(["resources", "Resources", ...path]);
    const place = this.#places.at(["resources", "Resources", pool]);
    this.edit(
      file,
      `${place.file}:${place.line}:${place.column}`,
      { name: "Schema", value: [MARKER] },
      (yaml, text) => yaml.addItemBelow(offsetIn(text, line, column), path, MARKER),
    );
  }

  result(): ServiceEdits {
    const files: FileEdit[] = [];
    for (const [path, opened] of this.#files) {
      if (opened instanceof UneditableYaml) continue;
      const after = opened.yaml.result();
      if (after !== opened.before) files.push({ path, before: opened.before, after });
    }
    return { files, byHand: this.#byHand };
  }

  #open(path: string): { readonly before: string; readonly yaml: EditableYaml } {
    const known = this.#files.get(path) ?? this.#opened(path);
    this.#files.set(path, known);
    if (known instanceof UneditableYaml) throw known;
    return known;
  }

  #opened(path: string): { before: string; yaml: EditableYaml } | UneditableYaml {
    if (/^(?:\/|\.\.\/|[A-Za-z]:)/.test(path))
      return new UneditableYaml("the file is outside the directory of the service");
    const language = languageOf(path);
    if (language !== undefined) return new UneditableYaml(`\`init\` does not edit ${language}`);
    if (!/\.ya?ml$/i.test(path)) return new UneditableYaml("the file is not YAML");
    const before = this.#read(path);
    if (before === undefined) return new UneditableYaml("the file cannot be read");
    if (before.includes("\uFFFD")) return new UneditableYaml("the file is not UTF-8");
    try {
      return { before, yaml: new EditableYaml(before) };
    } catch (error) {
      if (error instanceof UneditableYaml) return error;
      throw error;
    }
  }
}

function sameEvent(a: ServiceRoute, b: ServiceRoute): boolean {
  return a.gateway === b.gateway && JSON.stringify(a.at) === JSON.stringify(b.at);
}

/** The properties of an event that is written as `GET /orders`. */
function spelledOut({ gateway, route }: ServiceRoute): Readonly<Record<string, string>> {
  if (gateway === "websocket") return { route };
  if (route === "$default") return { path: "*" };
  const [method = "", path = ""] = route.split(" ");
  return { method: method === "ANY" ? "any" : method, path };
}
