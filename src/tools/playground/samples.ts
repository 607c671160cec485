import { NOBODY, type Persona, type PlaygroundState } from "./state/state.ts";

/** A state to start from. */
export interface Sample {
  readonly name: string;
  readonly state: PlaygroundState;
}

const user = (name: string, groups: readonly string[], more: Partial<Persona> = {}): Persona => ({
  ...NOBODY,
  name,
  groups,
  ...more,
});

const machine = (name: string, scopes: readonly string[]): Persona => ({
  ...NOBODY,
  name,
  kind: "machine",
  client: name,
  scopes,
});

const rows = (text: string) => [{ path: "policies/roles.csv", text: `${text.trim()}\n` }];

/** Small policies, each about one thing. */
export const SMALL_SAMPLES: readonly Sample[] = [
  {
    name: "Roles and groups",
    state: {
      files: rows(`
# Who is in a group of the user pool has the role of the group.
g, group:support, role:support
g, group:staff, role:viewer
g, role:support, role:viewer

# What a role may do.
p, role:viewer, orders:read, allow
p, role:support, orders:refund, allow

# Which permission opens a route.
g2, GET /orders, orders:read
g2, GET /orders/{orderId}, orders:read
g2, POST /orders/{orderId}/refund, orders:refund
g2, GET /health, public
`),
      personas: [user("Sam, support", ["support"]), user("Val, staff", ["staff"]), user("Nia, no group", [])],
      chosen: 1,
      ask: "POST /orders/{orderId}/refund",
      parameters: { orderId: "17" },
    },
  },
  {
    name: "Only your own data",
    state: {
      files: rows(`
# Everyone who is signed in reads their own orders, staff read all.
p, role:authenticated, orders:read, allow, {userId}=sub
p, group:staff, orders:read, allow

g2, GET /users/{userId}/orders, orders:read
`),
      personas: [
        user("Ann, customer 42", [], { sub: "42" }),
        user("Bob, customer 43", [], { sub: "43" }),
        user("Val, staff", ["staff"]),
      ],
      chosen: 1,
      ask: "GET /users/{userId}/orders",
      parameters: { userId: "42" },
    },
  },
  {
    name: "Deny beats allow",
    state: {
      files: rows(`
g, group:staff, role:editor
g, group:trainees, role:editor

p, role:editor, orders:*, allow
p, group:trainees, orders:delete, deny

g2, GET /orders, orders:read
g2, DELETE /orders/{orderId}, orders:delete
`),
      personas: [user("Val, staff", ["staff"]), user("Tom, both groups", ["staff", "trainees"])],
      chosen: 1,
      ask: "DELETE /orders/{orderId}",
      parameters: { orderId: "17" },
    },
  },
  {
    name: "What an app may do",
    state: {
      files: rows(`
p, group:staff, orders:read, allow
p, group:staff, orders:write, allow

# An app may do what its rows list, and no more than its user.
p3, client:web, *
p3, client:partner, orders:read, orders-api/orders.read

g2, GET /orders, orders:read
g2, POST /orders, orders:write
`),
      personas: [
        user("Val in the web app", ["staff"], { client: "web" }),
        user("Val in the partner's app", ["staff"], {
          client: "partner",
          scopes: ["orders-api/orders.read"],
        }),
      ],
      chosen: 1,
      ask: "POST /orders",
      parameters: {},
    },
  },
  {
    name: "Machines",
    state: {
      files: rows(`
p, client:reporting, orders:read, allow
p, scope:orders-api/orders.read, orders:read, allow

g2, GET /orders, orders:read
`),
      personas: [
        machine("reporting", []),
        machine("importer", ["orders-api/orders.read"]),
        machine("mailer", ["orders-api/orders.write"]),
      ],
      chosen: 2,
      ask: "GET /orders",
      parameters: {},
    },
  },
  {
    name: "The smallest",
    state: {
      files: rows("g2, GET /hello, hello:read\np, role:authenticated, hello:read, allow"),
      personas: [user("user", [])],
      chosen: 0,
      ask: "GET /hello",
      parameters: {},
    },
  },
];

/** Personas and a question for any policy: of each of its first groups one user, and one who has no group. */
export function stateOfFiles(
  files: PlaygroundState["files"],
  groups: readonly string[],
  ask: string,
  claims: Persona["claims"],
): PlaygroundState {
  const members = groups.slice(0, 6).map((group) => user(group, [group], { claims }));
  return { files, personas: [...members, user("no group", [], { claims })], chosen: 0, ask, parameters: {} };
}
