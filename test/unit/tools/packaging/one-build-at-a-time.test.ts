import { buildOneAtATime, oneAtATime } from "../../../../src/tools/packaging/one-build-at-a-time.ts";

/** Runs that end when they are told to. */
function controlled() {
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const run = () => new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  return { build: oneAtATime(run), ends };
}

describe("builds of files that change together", () => {
  test("are two: one for the first file, and one for all that changed meanwhile", async () => {
    const { build, ends } = controlled();
    const all = Array.from({ length: 300 }, () => build());
    expect(ends).toHaveLength(1);
    ends[0]?.resolve();
    await all[0];
    expect(ends).toHaveLength(2);
    ends[1]?.resolve();
    await Promise.all(all);
    expect(ends).toHaveLength(2);
  });

  test("are one for a file that changes later", async () => {
    const { build, ends } = controlled();
    const first = build();
    ends[0]?.resolve();
    await first;
    const second = build();
    expect(ends).toHaveLength(2);
    ends[1]?.resolve();
    await second;
  });

  test("go on after one that fails, which fails only for those who waited for it", async () => {
    const { build, ends } = controlled();
    const first = build();
    const second = build();
    ends[0]?.reject(new Error("unexpected `;`"));
    await expect(first).rejects.toThrow("unexpected");
    expect(ends).toHaveLength(2);
    ends[1]?.resolve();
    await expect(second).resolves.toBeUndefined();
  });

  test("are left alone where the framework has no serverless-esbuild", () => {
    const other = { bundle: () => Promise.resolve() };
    const { bundle } = other;
    buildOneAtATime([undefined, "plugin", other]);
    expect(other.bundle).toBe(bundle);
  });
});

test("the plugin of serverless-esbuild has the name by which it is found", async () => {
  const { default: Plugin } = (await import("serverless-esbuild")) as unknown as {
    default: { name: string };
  };
  expect(Plugin.name).toBe("EsbuildServerlessPlugin");
});
