import { basename } from "node:path";
import { rehearsal } from "./rehearsal.ts";
import { signedFetch } from "./signed-fetch.ts";

/** What the framework stored in its bucket for the newest deployment: the content by file name. */
export async function storedDeployment(bucket: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const keys = await keysOf(bucket);
  const folders = [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf("/"))))].sort();
  const newest = folders.at(-1) ?? "";
  const files = new Map<string, Uint8Array>();
  for (const key of keys.filter((candidate) => candidate.startsWith(`${newest}/`))) {
    const answer = await get(new URL(`/${bucket}/${encodeURI(key)}`, rehearsal().emulator));
    files.set(basename(key), new Uint8Array(await answer.arrayBuffer()));
  }
  return files;
}

/** The keys of a bucket's objects, up to a thousand. */
async function keysOf(bucket: string): Promise<readonly string[]> {
  const answer = await get(new URL(`/${bucket}?list-type=2`, rehearsal().emulator));
  return [...(await answer.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key ?? "");
}

async function get(url: URL): Promise<Response> {
  const answer = await signedFetch({ service: "s3", method: "GET", url });
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status} ${await answer.text()}`);
  return answer;
}
