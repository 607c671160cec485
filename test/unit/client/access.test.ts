import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { createAccess, type FrontEndPolicy } from "../../../src/library/client.ts";

const NOW = 1_764_000_000;
const POLICY: FrontEndPolicy = {
  format: 1,
  permissions: {
    "orders:read": { allow: [{ everyone: true }], deny: [{ groups: ["größe-日本"] }] },
    "orders:own": {
      allow: [{ everyone: true, when: [{ parameter: "userId", claim: "sub", negated: false }] }],
      deny: [],
    },
    "orders:tenant": {
      allow: [{ everyone: true, when: [{ parameter: "tenantId", claim: "tenant_id", negated: false }] }],
      deny: [],
    },
    "orders:scoped": { allow: [{ everyone: true }], deny: [], scopes: ["api/write"] },
  },
};
const CLAIMS = {
  token_use: "access",
  sub: "me",
  username: "me",
  client_id: "web-id",
  iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A",
  exp: NOW + 60,
};

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenOf = (claims: object) => `${encoded({ alg: "RS256" })}.${encoded(claims)}.signature`;
const accessOf = (claims: object, options = {}) =>
  createAccess(POLICY, tokenOf({ ...CLAIMS, ...claims }), { now: () => NOW, ...options });

test.each([
  ["nobody is signed in", undefined, "missing"],
  ["an empty token", "", "missing"],
  ["`null` of a storage without a token", null as unknown as undefined, "missing"],
  ["something that is not a string", 5 as unknown as string, "malformed"],
  ["not a JWT", "a.b", "malformed"],
  ["a JWT that has not three parts", `${tokenOf(CLAIMS)}.x`, "malformed"],
  ["base64 with characters of the other alphabet", `h.${btoa('{"a":"~~~~~~"}')}+/.s`, "malformed"],
  ["claims that are not an object", "h.W10.s", "malformed"],
  ["claims that are not JSON", "h.e30x.s", "malformed"],
  ["claims that are not UTF-8", `h.${Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url")}.s`, "malformed"],
  ["a refresh token", tokenOf({ ...CLAIMS, token_use: "refresh" }), "malformed"],
  ["a token without an expiry", tokenOf({ ...CLAIMS, exp: undefined }), "malformed"],
  ["a token without a user", tokenOf({ ...CLAIMS, sub: 7 }), "malformed"],
  ["groups that are not a list", tokenOf({ ...CLAIMS, "cognito:groups": "admins" }), "malformed"],
  ["a token of a machine", tokenOf({ ...CLAIMS, username: undefined, sub: "web-id" }), "not_a_user"],
  ["a token that has expired", tokenOf({ ...CLAIMS, exp: NOW }), "expired"],
])("%s opens nothing, and the reason is known", (_, token, problem) => {
  const access = createAccess(POLICY, token, { now: () => NOW });

  expect([access.can("orders:read"), access.problem()]).toEqual([false, problem]);
});

test("a token of another pool or app client opens nothing if the front end names its own", () => {
  const other = { issuer: `${CLAIMS.iss}B` };
  expect(accessOf({}, other).problem()).toBe("other_issuer");
  expect(accessOf({}, { clientId: "other" }).problem()).toBe("other_client");
  expect(accessOf({}, { issuer: CLAIMS.iss, clientId: "web-id" }).can("orders:read")).toBe(true);
  expect(accessOf({ token_use: "id", aud: "web-id" }, { clientId: "web-id" }).can("orders:read")).toBe(true);
});

test("a token expires while the page is open", () => {
  let now = NOW;
  const access = accessOf({}, { now: () => now });
  expect(access.can("orders:read")).toBe(true);

  now += 60;

  expect([access.can("orders:read"), access.problem()]).toEqual([false, "expired"]);
});

test("group names and claims are read as UTF-8", () => {
  expect(accessOf({ "cognito:groups": ["größe-日本"] }).can("orders:read")).toBe(false);
  expect(accessOf({ sub: "ünï-🙂" }).can("orders:own", { userId: "ünï-🙂" })).toBe(true);
});

test("a comparison without its parameter or its claim does not hold, and inherited properties are none", () => {
  expect(accessOf({}).can("orders:own")).toBe(false);
  expect(accessOf({}).can("orders:own", Object.create({ userId: "me" }) as Record<string, string>)).toBe(
    false,
  );
  expect(accessOf({}).can("orders:tenant", { tenantId: "acme" })).toBe(false);
  expect(accessOf({ tenant_id: "acme" }).can("orders:tenant", { tenantId: "acme" })).toBe(true);
});

test("of an ID token only its user, its groups and its sign-in count, since the API reads the access token", () => {
  const id = accessOf({ token_use: "id", tenant_id: "acme", scope: "api/write" });

  expect(id.can("orders:own", { userId: "me" })).toBe(true);
  expect(id.can("orders:tenant", { tenantId: "acme" })).toBe(false);
  expect(id.can("orders:scoped")).toBe(false);
  expect(accessOf({ scope: "openid api/write" }).can("orders:scoped")).toBe(true);
});

test("a permission that the front end's policy does not have is a mistake of the program", () => {
  for (const name of ["orders:raed", "constructor", "__proto__"]) {
    expect(() => accessOf({}).can(name)).toThrow(
      new RangeError(`the front end's policy does not have \`${name}\`: list it in policies/front-end.yaml`),
    );
  }
});

test("data that `claimgate client` did not write are refused", () => {
  const written = { ...POLICY, format: 2 };

  expect(() => createAccess(written, undefined)).toThrow("write it with `claimgate client`");
  expect(() => createAccess({} as FrontEndPolicy, undefined)).toThrow(TypeError);
});

test("the door has less than 8 kB minified and gzipped, and needs no module, no Node and no eval", async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: 'export * from "./src/library/client.ts"', resolveDir: "." },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);

  expect(gzipSync(file?.contents ?? "").byteLength).toBeLessThan(2500);
  expect(output?.imports).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes("node_modules"))).toEqual([]);
  expect(file?.text).not.toMatch(/\b(?:eval|Function|process|Buffer|require|casbin)\b/);
});
