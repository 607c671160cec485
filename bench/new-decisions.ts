import type { BenchRequest } from "./decision-workload.ts";

/** After so many places, a policy forgets all its decisions: docs/adr/0087-remembered-decisions.md. */
const MOST_PLACES = 5_000;

/**
 * The same requests with their subjects in every turned order. claimgate remembers a decision for each order, and has
 * forgotten it when the same one comes again: each decision is made anew.
 *
 * @returns undefined where a policy is so small that all orders would be remembered
 */
export function neverRemembered(requests: readonly BenchRequest[]): readonly BenchRequest[] | undefined {
  const longest = Math.max(...requests.map(({ subjects }) => subjects.length));
  const turned: BenchRequest[] = [];
  for (let by = 0; by < longest; by += 1) {
    for (const request of requests) {
      const subjects = [...request.subjects.slice(by), ...request.subjects.slice(0, by)];
      turned.push({ ...request, subjects }, { ...request, subjects: subjects.toReversed() });
    }
  }
  return placesOf(turned) > MOST_PLACES ? turned : undefined;
}

/** The places that these requests need, but for those of routes. */
function placesOf(requests: readonly BenchRequest[]): number {
  const places = new Set<string>();
  for (const { route, subjects } of requests) {
    for (let end = 1; end <= subjects.length; end += 1)
      places.add(JSON.stringify([route, ...subjects.slice(0, end)]));
  }
  return places.size;
}
