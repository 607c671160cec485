import { rehearsal } from "./rehearsal.ts";
import { signedFetch } from "./signed-fetch.ts";

export type LogLine = Readonly<Record<string, unknown>>;

/** The lines of JSON that a deployed function has logged, oldest first. */
export async function functionLog(name: string): Promise<readonly LogLine[]> {
  const answer = await signedFetch({
    service: "logs",
    method: "POST",
    url: new URL("/", rehearsal().emulator),
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Logs_20140328.FilterLogEvents",
    },
    body: JSON.stringify({ logGroupName: `/aws/lambda/${name}` }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the log of ${name}: ${answer.status} ${text}`);
  const { events } = JSON.parse(text) as { events: { message: string }[] };
  return events
    .flatMap(({ message }) => message.split("\n"))
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as LogLine);
}
