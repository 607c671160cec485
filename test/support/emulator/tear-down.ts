const steps: (() => Promise<void>)[] = [];

/** Something to be done when the tests are over; last come, first served. */
export function onTearDown(step: () => Promise<void>): void {
  steps.unshift(step);
}

/** Stops what the setup started: jest's global teardown. */
// biome-ignore lint/style/noDefaultExport: jest takes the default export.
export default async function tearDown(): Promise<void> {
  for (const step of steps.splice(0)) await step();
}
