import fc from "fast-check";
import { jsonIn } from "../../src/json.ts";
import { masked } from "../../src/tools/local/recorder/scrub/masked.ts";
import { type KnownToken, type Scrubbing, scrubbed } from "../../src/tools/local/recorder/scrub/scrubbed.ts";
import { PERSONAS } from "../support/authorization.ts";
import { drawn } from "../support/drawn.ts";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const SIGNATURE = fc.stringMatching(/^[A-Za-z0-9_-]{20,40}$/);

const claims: fc.Arbitrary<KnownToken["claims"]> = fc.record({
  sub: fc.uuid(),
  "cognito:groups": fc.constantFrom(["customers"], ["support"], []),
  email: fc.emailAddress(),
  token_use: fc.constant("access"),
  client_id: fc.constant("localwebclient000000000001"),
});

const token = fc
  .tuple(claims, SIGNATURE)
  .map(([body, signature]) => `${part({ alg: "RS256", kid: "k" })}.${part(body)}.${signature}`);

const address = fc.emailAddress().filter((one) => !/@example\.(?:com|org)$/.test(one));

/** A secret that is not a part of anything else. */
const secret = fc.stringMatching(/^s3cret-[A-Za-z0-9]{12}$/);

/** The pool signed whatever can be read. */
const scrubbing: Scrubbing = {
  personas: PERSONAS,
  known: new Set(),
  tokenOf: (jwt) => {
    const read = jsonIn(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof read === "object" && read !== null ? { kind: "token", claims: { ...read } } : undefined;
  },
};

/** The ways in which a value gets into an event. */
const encoded = (text: string) =>
  fc.constantFrom(
    text,
    JSON.stringify({ nested: { value: text } }),
    JSON.stringify([text]),
    encodeURIComponent(text),
    `before ${text} after`,
  );

const httpEvent = fc.record({ token, address, secret, id: fc.uuid() }).chain((made) =>
  fc
    .record({
      query: encoded(made.address),
      path: encoded(made.address),
      header: encoded(made.token),
      body: fc.constantFrom(
        JSON.stringify({ password: made.secret, user: made.address }),
        `code=${made.secret}&user=${encodeURIComponent(made.address)}`,
        `--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n${made.secret}\r\n--x--`,
      ),
      isBase64Encoded: fc.boolean(),
    })
    .map((how) => ({
      made,
      event: {
        version: "2.0",
        rawPath: `/users/${how.path}/${made.id}`,
        rawQueryString: `user=${encodeURIComponent(how.query)}&access_token=${made.token}&code=${made.secret}`,
        cookies: [`session=${made.secret}`],
        headers: {
          authorization: `Bearer ${made.token}`,
          "x-app-key": made.secret,
          "user-agent": how.header,
        },
        queryStringParameters: { user: how.query, access_token: made.token, code: made.secret },
        requestContext: { accountId: "123456789012", http: { sourceIp: "203.0.113.7" } },
        body: how.isBase64Encoded ? Buffer.from(how.body).toString("base64") : how.body,
        isBase64Encoded: how.isBase64Encoded,
      },
    })),
);

const triggerEvent = fc
  .record({ address, secret, id: fc.uuid(), phone: fc.stringMatching(/^\+49[1-9]\d{9}$/) })
  .map((made) => ({
    made,
    event: {
      version: "1",
      triggerSource: "PreSignUp_SignUp",
      userName: made.id,
      request: {
        userAttributes: {
          sub: made.id,
          email: made.address,
          phone_number: made.phone,
          name: `Person ${made.secret}`,
          "custom:note": made.secret,
        },
        validationData: { invitation: made.secret },
        clientMetadata: { from: made.address, anything: made.secret },
        code: made.secret,
        password: made.secret,
      },
    },
  }));

/** A property of an arbitrary. */
function holds<Value>(arbitrary: fc.Arbitrary<Value>, check: (value: Value) => void): void {
  fc.assert(fc.property(arbitrary, check), drawn(800));
}

/** The text with everything in it that is encoded. */
function inClear(value: unknown): string {
  const text = JSON.stringify(value);
  const bodies = [...text.matchAll(/"body":"([A-Za-z0-9+/=]+)"/g)].map(([, body = ""]) =>
    Buffer.from(body, "base64").toString("utf8"),
  );
  return [text, ...bodies].map((one) => `${one} ${decodedText(one)}`).join(" ");
}

function decodedText(text: string): string {
  return text.replaceAll(/%[0-9A-Fa-f]{2}/g, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

test("a sample has no text like a JWT, and no address, secret, id or machine of the event", () => {
  holds(httpEvent, ({ made, event }) => {
    const clear = inClear(scrubbed(event, scrubbing));
    expect(clear).not.toMatch(/eyJ[A-Za-z0-9_-]*\./);
    for (const gone of [made.address, made.secret, made.id, "123456789012", "203.0.113.7"]) {
      expect(clear.toLowerCase()).not.toContain(gone.toLowerCase());
    }
    expect(clear).toMatch(/Bearer \{\{token:(?:alice|sam|nobody)\}\}/);
  });
});

test("a sample of a trigger has nothing of the user", () => {
  holds(triggerEvent, ({ made, event }) => {
    const clear = inClear(scrubbed(event, scrubbing));
    for (const gone of [made.address, made.secret, made.id, made.phone]) {
      expect(clear.toLowerCase()).not.toContain(gone.toLowerCase());
    }
    expect(clear).toContain("@example.com");
  });
});

/** Without characters of addresses that mean something else in a path or a query. */
const ordinary = httpEvent.filter(({ made }) => /^[\w.-]+@/.test(made.address));

test("a sample that is scrubbed again stays as it is, and the event is not touched", () => {
  holds(ordinary, ({ event }) => {
    const before = structuredClone(event);
    const sample = scrubbed(event, scrubbing);
    expect(event).toEqual(before);
    const again = {
      ...scrubbing,
      known: new Set([1, 2, 3, 4, 5, 6].map((n) => `person-${n}@example.com`)),
    };
    expect(scrubbed(sample, again)).toEqual(sample);
  });
});

test("what the page shows has no token, password, code or cookie either", () => {
  holds(httpEvent, ({ made, event }) => {
    const clear = inClear(masked(event, () => "a token"));
    expect(clear).not.toMatch(/eyJ[A-Za-z0-9_-]*\./);
    expect(clear).not.toContain(made.secret);
  });
});
