/** A template that a path fits, and the parameters as they are in the path. */
interface Fit {
  readonly parameters: Readonly<Record<string, string>>;
  /** Smaller is more specific: one rank a segment, so that templates compare segment by segment. */
  readonly rank: readonly number[];
}

const GREEDY = /^\{([^{}+]+)\+\}$/;
const PARAMETER = /^\{([^{}+]+)\}$/;

/**
 * Whether a path fits a template, as API Gateway matches: by whole segments, a trailing slash is a segment, `{name+}`
 * takes one segment or more.
 *
 * @param path percent-encoded; literal segments are compared decoded
 */
function fitOf(template: string, path: string, decode: (text: string) => string): Fit | undefined {
  const parts = template.split("/").slice(1);
  const segments = path.split("/").slice(1);
  const parameters: Record<string, string> = {};
  const rank: number[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index];
    const greedy = GREEDY.exec(part)?.[1];
    const parameter = PARAMETER.exec(part)?.[1];
    if (segment === undefined) return undefined;
    if (greedy !== undefined) {
      const rest = segments.slice(index).join("/");
      if (rest === "") return undefined;
      return { parameters: { ...parameters, [greedy]: rest }, rank: [...rank, 2] };
    }
    if (parameter !== undefined) {
      if (segment === "") return undefined;
      parameters[parameter] = segment;
      rank.push(1);
    } else if (part === decode(segment)) {
      rank.push(0);
    } else {
      return undefined;
    }
  }
  return segments.length === parts.length ? { parameters, rank } : undefined;
}

/** Orders by specificity, the most specific first. */
function bySpecificity(a: readonly number[], b: readonly number[]): number {
  for (const [index, rank] of a.entries()) {
    const difference = rank - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

interface Candidate {
  readonly method: string;
  readonly template: string;
}

/**
 * The methods of the one resource of a REST API that a path belongs to: the most specific one. If it does not have the
 * method of the request, no other resource is asked.
 */
export function methodsOfResource<R extends Candidate>(
  methods: readonly R[],
  path: string,
  decode: (text: string) => string,
): readonly R[] {
  const found = selectRoute(
    methods.map(({ template }) => ({ method: "ANY", template })),
    "ANY",
    path,
    decode,
  );
  return methods.filter(({ template }) => template === found?.route.template);
}

/** The route of a request: of the most specific template, its own method before `ANY`. */
export function selectRoute<R extends Candidate>(
  routes: readonly R[],
  method: string,
  path: string,
  decode: (text: string) => string,
): { readonly route: R; readonly parameters: Fit["parameters"] } | undefined {
  const found = routes
    .filter((route) => route.method === method || route.method === "ANY")
    .flatMap((route) => {
      const fit = fitOf(route.template, path, decode);
      return fit === undefined ? [] : [{ route, ...fit }];
    })
    .sort(
      (a, b) =>
        bySpecificity(a.rank, b.rank) || Number(a.route.method === "ANY") - Number(b.route.method === "ANY"),
    );
  return found[0];
}
