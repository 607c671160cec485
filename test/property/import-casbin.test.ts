import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import fc from "fast-check";
import { decide, decidePermission } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { routeForPath } from "../../src/policy/route-table.ts";
import type { Subject } from "../../src/policy/subject.ts";
import type { CallerKind } from "../../src/tools/import/casbin/callers.ts";
import { type Conversion, convertCasbin } from "../../src/tools/import/casbin/convert.ts";
import { casbinPolicy, filesOf, type GeneratedCasbin, modelText, NAMES } from "../support/casbin-models.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";

const METHODS = ["GET", "POST", "DELETE", "PUT"];
const PATHS = [
  "/",
  "/a",
  "/b",
  "/a/b",
  "/a/c",
  "/x/b",
  "/a/b/c",
  "/a/x/c",
  "/x/y/z",
  "/a/b/c/d",
  "/v1.0",
  "/v1x0",
  "/a:b",
  "/a/.b",
];
const callerKind = fc.constantFrom<CallerKind>("groups", "users", "members");

/** The rows that were converted, so that casbin reads the same; undefined if there are none. */
function convertedRows({ rows }: GeneratedCasbin, { files, refused }: Conversion) {
  if (files.length === 0) return undefined;
  const lines = new Set(refused.map(({ line }) => line));
  return rows.filter((_, index) => !lines.has(index + 1));
}

async function stockEnforcer({ model }: GeneratedCasbin, rows: readonly (readonly string[])[]) {
  const text = rows.map((row) => row.join(", ")).join("\n");
  return newEnforcer(newModelFromString(modelText(model)), new StringAdapter(text));
}

/** What the token of a caller has; undefined where the name is no caller. */
function tokenOf(
  name: string,
  kind: CallerKind,
  rows: readonly (readonly string[])[],
): Subject[] | undefined {
  if (kind === "groups") return ["role:authenticated", `group:${name}`];
  const links = rows.filter(([type]) => type === "g");
  if (links.some(([, , role]) => role === name)) return undefined;
  if (kind === "users") return ["role:authenticated", `user:${name}`];
  return [
    "role:authenticated",
    ...links.flatMap(([, member, role]): Subject[] => (member === name ? [`group:${role}`] : [])),
  ];
}

const effectOf = (allowed: boolean) => (allowed ? "allow" : "deny");

function effectOnPath(policy: Policy, subjects: Subject[], method: string, path: string) {
  const segments = path === "/" ? [] : path.slice(1).split("/");
  const route = routeForPath(policy.routes, method, segments);
  return decide(policy, { subjects, route, parameters: {}, claims: {} }).effect;
}

describe("a converted policy", () => {
  it("decides every path and method as casbin does with the old model and rows", async () => {
    let converted = 0;
    let allowed = 0;
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(casbinPolicy("paths"), callerKind, async (one, kind) => {
        const conversion = convertCasbin(filesOf(one), kind);
        const rows = convertedRows(one, conversion);
        if (rows === undefined) return;
        converted += 1;
        const policy = loadPolicy({ model: MODEL, rows: conversion.files });
        const enforcer = await stockEnforcer(one, rows);
        const otherwise: string[] = [];
        for (const name of NAMES) {
          const token = tokenOf(name, kind, rows);
          if (token === undefined) continue;
          for (const method of METHODS) {
            for (const path of PATHS) {
              const old = enforcer.enforceSync(name, path, method);
              asked += 1;
              if (old) allowed += 1;
              const is = effectOnPath(policy, token, method, path);
              if (is !== effectOf(old)) otherwise.push(`${name} ${method} ${path}: ${is}`);
            }
          }
        }
        expect(otherwise).toEqual([]);
      }),
      drawn(600, 300),
    );
    // The law says little about policies that are refused whole, or that allow nothing.
    expect(converted).toBeGreaterThan(partOf(320));
    expect(allowed / asked).toBeGreaterThan(0.02);
  }, 120_000);

  it("decides every other resource and action as casbin does", async () => {
    let converted = 0;
    await fc.assert(
      fc.asyncProperty(casbinPolicy("names"), callerKind, async (one, kind) => {
        const conversion = convertCasbin(filesOf(one), kind);
        const rows = convertedRows(one, conversion);
        if (rows === undefined || conversion.routes.length > 0) return;
        converted += 1;
        const policy = loadPolicy({ model: MODEL, rows: conversion.files });
        const enforcer = await stockEnforcer(one, rows);
        const otherwise: string[] = [];
        for (const name of NAMES) {
          const token = tokenOf(name, kind, rows);
          if (token === undefined) continue;
          for (const resource of ["data1", "data2", "orders", "a.b", "axb", "other"]) {
            for (const action of ["read", "write", "unread", "other"]) {
              const permission = `${resource}:${action}`;
              const old = effectOf(enforcer.enforceSync(name, resource, action));
              const is = decidePermission(policy, {
                subjects: token,
                permission,
                parameters: {},
                claims: {},
              });
              if (is.effect !== old) otherwise.push(`${name} ${permission}: ${is.effect}`);
            }
          }
        }
        expect(otherwise).toEqual([]);
      }),
      drawn(800, 150),
    );
    expect(converted).toBeGreaterThan(partOf(300));
  }, 120_000);

  it("decides HEAD as GET", () => {
    fc.assert(
      fc.property(casbinPolicy("paths"), (one) => {
        const { files } = convertCasbin(filesOf(one), "groups");
        if (files.length === 0) return;
        const policy = loadPolicy({ model: MODEL, rows: files });
        const otherwise = NAMES.flatMap((name) => {
          const token: Subject[] = ["role:authenticated", `group:${name}`];
          const effect = (method: string, path: string) => effectOnPath(policy, token, method, path);
          return PATHS.filter((path) => effect("HEAD", path) !== effect("GET", path));
        });
        expect(otherwise).toEqual([]);
      }),
      drawn(200),
    );
  });

  it("allows no more than the old one where rows were refused, unless it says that it may", async () => {
    await fc.assert(
      fc.asyncProperty(casbinPolicy("paths"), async (one) => {
        const conversion = convertCasbin(filesOf(one), "groups");
        const rows = convertedRows(one, conversion);
        if (rows === undefined || conversion.mayWiden) return;
        // A row that casbin fails on or never ends with would be one that was refused.
        const denies = (row: readonly string[] | undefined) => row?.at(-1) === "deny" && one.model.effects;
        const isRefused = new Set(conversion.refused.map(({ line }) => line));
        one.rows.forEach((row, index) => {
          if (isRefused.has(index + 1)) expect(denies(row)).toBe(false);
        });
      }),
      drawn(200),
    );
  });
});
