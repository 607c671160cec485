import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Journal, MemoryStore, type Store } from "../../../../../src/tools/cognito/directory/journal.ts";
import type { User } from "../../../../../src/tools/cognito/directory/user.ts";
import { UserDirectory } from "../../../../../src/tools/cognito/directory/user-directory.ts";
import { drawn } from "../../../../support/drawn.ts";

type Naming = ConstructorParameters<typeof UserDirectory>[1];

const NAMING: Naming = { usernameAttributes: [], aliasAttributes: [], usernameCaseSensitive: false };

const userOf = (
  username: string,
  attributes: Record<string, string> = {},
  rest: Partial<User> = {},
): User => ({
  username,
  attributes: { sub: `sub-${username}`, ...attributes },
  enabled: true,
  status: "CONFIRMED",
  codes: {},
  mfa: { enabled: [] },
  groups: [],
  identities: [],
  createdAt: 0,
  modifiedAt: 0,
  ...rest,
});

const directoryOf = (naming: Partial<Naming>, ...users: readonly User[]) => {
  const directory = new UserDirectory(new MemoryStore(), { ...NAMING, ...naming });
  for (const user of users) directory.save(user);
  return directory;
};

describe("a user is found", () => {
  test("by username and sub, and no address, in a pool of usernames", () => {
    const directory = directoryOf({}, userOf("alice", { email: "a@example.com", email_verified: "true" }));
    expect(directory.find("alice")?.username).toBe("alice");
    expect(directory.find("sub-alice")?.username).toBe("alice");
    expect(directory.find("a@example.com")).toBeUndefined();
  });

  test("by an address that is the username, verified or not", () => {
    const naming = { usernameAttributes: ["email", "phone_number"] };
    const directory = directoryOf(naming, userOf("1", { email: "a@example.com", phone_number: "+1555" }));
    expect(directory.find("a@example.com")?.username).toBe("1");
    expect(directory.find("+1555")?.username).toBe("1");
  });

  test("by an alias only once it is verified, and by the preferred name at once", () => {
    const naming = { aliasAttributes: ["email", "preferred_username"] };
    const user = userOf("alice", { email: "a@example.com", preferred_username: "al" });
    const directory = directoryOf(naming, user);
    expect(directory.find("al")?.username).toBe("alice");
    expect(directory.find("a@example.com")).toBeUndefined();
    directory.save(userOf("alice", { email: "a@example.com", email_verified: "true" }));
    expect(directory.find("a@example.com")?.username).toBe("alice");
    expect(directory.find("al")).toBeUndefined();
  });

  test("in any case, unless the pool tells cases apart", () => {
    expect(directoryOf({}, userOf("Alice")).find("aLICE")?.username).toBe("Alice");
    const strict = directoryOf({ usernameCaseSensitive: true }, userOf("Alice"));
    expect(strict.find("alice")).toBeUndefined();
    expect(strict.find("Alice")?.username).toBe("Alice");
  });

  test("by an account of a provider, and not by one of another provider with the same id", () => {
    const identity = {
      providerName: "Google",
      providerType: "Google",
      userId: "1",
      primary: false,
      createdAt: 0,
    };
    const directory = directoryOf({}, userOf("alice", {}, { identities: [identity] }));
    expect(directory.byIdentity("Google", "1")?.username).toBe("alice");
    expect(directory.byIdentity("Okta", "1")).toBeUndefined();
    expect(directory.find("Google")).toBeUndefined();
    directory.save(userOf("alice"));
    expect(directory.byIdentity("Google", "1")).toBeUndefined();
  });

  test("by no address, if it signs in by a provider alone", () => {
    const naming = { usernameAttributes: ["email"] };
    const address = { email: "shared@example.com" };
    const directory = directoryOf(naming, userOf("Google_1", address, { status: "EXTERNAL_PROVIDER" }));
    expect(directory.find("shared@example.com")).toBeUndefined();
    directory.save(userOf("2", address));
    expect(directory.find("shared@example.com")?.username).toBe("2");
    expect(directory.find("google_1")?.username).toBe("Google_1");
  });

  test("no longer by a former address, or after it was deleted", () => {
    const naming = { usernameAttributes: ["email"] };
    const directory = directoryOf(naming, userOf("1", { email: "old@example.com" }));
    directory.save(userOf("1", { email: "new@example.com" }));
    expect(directory.find("old@example.com")).toBeUndefined();
    directory.delete("1");
    expect(directory.find("new@example.com")).toBeUndefined();
    expect([directory.all(), directory.size]).toEqual([[], 0]);
  });
});

test("a name of two users is that of the one whose username it is, else of the first, who leaves it to the other", () => {
  const naming = { usernameAttributes: ["email"] };
  const address = { email: "shared@example.com" };
  const directory = directoryOf(naming, userOf("1", address), userOf("2", address));
  expect(directory.find("shared@example.com")?.username).toBe("1");
  directory.save(userOf("1", address));
  expect(directory.find("shared@example.com")?.username).toBe("1");
  directory.save(userOf("shared@example.com"));
  expect(directory.find("shared@example.com")?.username).toBe("shared@example.com");
  directory.delete("shared@example.com");
  directory.delete("1");
  expect(directory.find("shared@example.com")?.username).toBe("2");
});

test("names that objects have by themselves find nobody", () => {
  const directory = directoryOf({ usernameAttributes: ["email"] }, userOf("1", { email: "a@example.com" }));
  for (const name of ["__proto__", "constructor", "toString", ""])
    expect(directory.find(name)).toBeUndefined();
});

describe("after any changes", () => {
  // Few values, so that they meet.
  const names = fc.constantFrom("a", "A", "b", "c", "a@x", "A@X", "b@x", "__proto__");
  const records = fc
    .record({
      username: names,
      sub: names,
      email: fc.option(names, { nil: undefined }),
      email_verified: fc.constantFrom("true", "false"),
      preferred_username: fc.option(names, { nil: undefined }),
      status: fc.constantFrom("CONFIRMED" as const, "EXTERNAL_PROVIDER" as const),
      identities: fc.array(fc.tuple(fc.constantFrom("G", "O"), names), { maxLength: 2 }),
    })
    .map(({ username, status, identities, email, preferred_username: preferred, ...rest }) =>
      userOf(
        username,
        {
          ...rest,
          ...(email === undefined ? {} : { email }),
          ...(preferred === undefined ? {} : { preferred_username: preferred }),
        },
        {
          status,
          identities: identities.map(([providerName, userId]) => ({
            providerName,
            providerType: "OIDC",
            userId,
            primary: false,
            createdAt: 0,
          })),
        },
      ),
    );
  const changes = fc.array(
    fc.oneof(
      records.map((user) => ({ save: user })),
      names.map((username) => ({ delete: username })),
    ),
    { maxLength: 20 },
  );
  const namings = fc.constantFrom(
    NAMING,
    { ...NAMING, usernameAttributes: ["email"] },
    { ...NAMING, aliasAttributes: ["email", "preferred_username"] },
    { ...NAMING, aliasAttributes: ["email"], usernameCaseSensitive: true },
  );
  const everyName = ["a", "A", "b", "c", "a@x", "A@X", "b@x", "__proto__"];

  const seen = (directory: UserDirectory) => ({
    all: directory.all(),
    size: directory.size,
    names: everyName.map((name) => directory.find(name)),
    identities: ["G", "O"].map((provider) => everyName.map((name) => directory.byIdentity(provider, name))),
  });

  function changed(store: Store, naming: Naming, steps: readonly ({ save: User } | { delete: string })[]) {
    const directory = new UserDirectory(store, naming);
    for (const step of steps) {
      if ("save" in step) directory.save(step.save);
      else directory.delete(step.delete);
    }
    return directory;
  }

  test("a directory answers as a new one on its records", () => {
    fc.assert(
      fc.property(namings, changes, (naming, steps) => {
        const store = new MemoryStore();
        expect(seen(changed(store, naming, steps))).toEqual(seen(new UserDirectory(store, naming)));
      }),
      drawn(4_000),
    );
  });

  test("so does one that is opened on the file after a restart", () => {
    const directory = mkdtempSync(join(tmpdir(), "claimgate-users-"));
    let run = 0;
    try {
      fc.assert(
        fc.property(namings, changes, (naming, steps) => {
          const file = join(directory, `${run++}.jsonl`);
          const before = changed(new Journal(file), naming, steps);
          expect(seen(new UserDirectory(new Journal(file), naming))).toEqual(seen(before));
        }),
        drawn(400),
      );
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test("every user is found by the username, unless another has it in another case or as sub", () => {
    fc.assert(
      fc.property(namings, changes, (naming, steps) => {
        const directory = changed(new MemoryStore(), naming, steps);
        const fold = (name: string) => (naming.usernameCaseSensitive ? name : name.toLowerCase());
        for (const user of directory.all()) {
          const others = directory
            .all()
            .filter((other) => other !== user)
            .flatMap((other) => [fold(other.username), fold(other.attributes["sub"] ?? "")]);
          if (!others.includes(fold(user.username))) expect(directory.find(user.username)).toBe(user);
        }
      }),
      drawn(2_000),
    );
  });
});
