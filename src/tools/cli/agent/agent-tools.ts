/** The JSON Schema of one input of a tool. */
type InputSchema = Readonly<Record<string, unknown>>;

/** A tool of the server: a command of this program, with the inputs that an agent may give. */
export interface AgentTool {
  /** The name of the command. */
  readonly name: string;
  readonly title: string;
  /** For the agent, which chooses by it. */
  readonly description: string;
  readonly inputs: Readonly<Record<string, InputSchema>>;
  readonly required: readonly string[];
  /** Inputs that name a directory or a git revision. */
  readonly compared: readonly string[];
  /** The command line after the name. @param input fits the schema */
  readonly words: (input: AgentInput) => readonly string[];
}

/** What a tool is called with, once it fits the schema of the tool. */
export interface AgentInput {
  readonly subjects?: readonly string[];
  readonly target?: string;
  readonly claims?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly client?: string;
  readonly scopes?: readonly string[];
  readonly signedInSecondsAgo?: number;
  readonly suites?: readonly string[];
  readonly coverage?: boolean;
  readonly base?: string;
  readonly head?: string;
}

// A comma would separate two subjects, and a control character is in no name.
const NAME = "^[^,\\u0000-\\u001f\\u007f]+$";
const TEXT = { type: "string", minLength: 1, maxLength: 1000 };

const SUBJECTS = {
  type: "array",
  items: { ...TEXT, pattern: NAME },
  minItems: 1,
  maxItems: 100,
  description:
    "what the token holds: group:NAME, role:NAME, user:SUB, client:NAME, scope:NAME. role:authenticated is added to users, role:machine to machines",
};
const TARGET = {
  ...TEXT,
  description:
    "a route (`GET /orders/{orderId}`, or with values: `GET /orders/42`) or a permission (`orders:read`)",
};
const VALUES = (what: string) => ({
  type: "object",
  propertyNames: { pattern: "^[^=\\s]+$", maxLength: 200 },
  additionalProperties: { type: "string", maxLength: 1000 },
  maxProperties: 50,
  description: what,
});
const BASE = {
  ...TEXT,
  description: "a git revision such as `main` or `HEAD~1`, or a directory below the root: the policy before",
};
const HEAD = {
  ...TEXT,
  description: "the same for the policy after (default: the files as they are now)",
};

/** What the tools about two versions have in common. */
const COMPARISON = {
  inputs: { base: BASE, head: HEAD },
  required: ["base"],
  compared: ["base", "head"],
  words: comparedWords,
} as const;

/** All tools, in the order of a change: is it valid, what does it do, what did it change. */
export const AGENT_TOOLS: readonly AgentTool[] = [
  {
    name: "check",
    title: "Check the policy",
    description:
      "All findings of the linter in the policy files, with file, line, column, message and fix. Call it after every edit. `docs` of a finding names its page.",
    inputs: {},
    required: [],
    compared: [],
    words: () => [],
  },
  {
    name: "test",
    title: "Run the policy tests",
    description:
      "Runs policies/tests/*.test.yaml: suites of who may call what, and invariants that are proven over all tokens.",
    inputs: {
      suites: {
        type: "array",
        items: TEXT,
        maxItems: 100,
        description: "only these suites and invariants, by name",
      },
      coverage: { type: "boolean", description: "also list the rows that no test needs" },
    },
    required: [],
    compared: [],
    words: ({ suites = [], coverage = false }) => [
      ...suites.map((suite) => `--suite=${suite}`),
      ...(coverage ? ["--coverage"] : []),
    ],
  },
  {
    name: "explain",
    title: "Explain a decision",
    description:
      "Whether a caller may call a route or holds a permission, and why: the determining rows, or what is missing and which rows would grant it.",
    inputs: {
      subjects: SUBJECTS,
      target: TARGET,
      claims: VALUES("claims of the token that conditions compare, such as sub"),
      parameters: VALUES("path parameters that conditions compare"),
      client: { ...TEXT, description: "the app that the user signed in to, where the policy has `p3` rows" },
      scopes: { type: "array", items: TEXT, maxItems: 100, description: "scopes of that app's token" },
      signedInSecondsAgo: {
        type: "integer",
        minimum: 0,
        maximum: 999_999_999,
        description: "how long ago the user signed in, for `max_age`",
      },
    },
    required: ["subjects", "target"],
    compared: [],
    words: ({ subjects = [], target = "", claims = {}, parameters = {}, ...app }) => [
      ...Object.entries(claims).map(([name, value]) => `--claim=${name}=${value}`),
      ...Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`),
      ...(app.client === undefined ? [] : [`--client=${app.client}`]),
      ...(app.scopes ?? []).map((scope) => `--scope=${scope}`),
      ...(app.signedInSecondsAgo === undefined ? [] : [`--age=${app.signedInSecondsAgo}`]),
      "--",
      subjects.join(","),
      target,
    ],
  },
  {
    name: "who-can",
    title: "List who may",
    description:
      "Every subject of the policy that may call a route or holds a permission, and its conditions.",
    inputs: { target: TARGET },
    required: ["target"],
    compared: [],
    words: ({ target = "" }) => ["--", target],
  },
  {
    name: "what-can",
    title: "List what a caller may",
    description: "Every route that a caller may call, and its conditions.",
    inputs: { subjects: SUBJECTS },
    required: ["subjects"],
    compared: [],
    words: ({ subjects = [] }) => ["--", subjects.join(",")],
  },
  {
    name: "diff",
    title: "List the changes of access",
    description:
      "Who gains and who loses what between two versions of the policy. Show it to a person before a change is merged.",
    ...COMPARISON,
  },
  {
    name: "prove",
    title: "Prove that access is unchanged",
    description:
      "Whether two versions of the policy decide alike for every possible token, or the smallest token and request that they answer differently.",
    ...COMPARISON,
  },
];

function comparedWords({ base = "", head }: AgentInput): readonly string[] {
  return ["--", base, ...(head === undefined ? [] : [head])];
}
