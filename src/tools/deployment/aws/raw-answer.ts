import { type JsonObject, objectOf } from "../../../json.ts";

/** The part of the SDK's middleware stack that this needs; its own types are not exported. */
interface MiddlewareStack {
  add(
    middleware: (next: (input: never) => Promise<unknown>) => (input: never) => Promise<unknown>,
    options: { readonly step: "deserialize"; readonly priority: "low"; readonly name: string },
  ): void;
}

/**
 * Keeps the raw JSON with which AWS answers a command. The SDK drops members that its version does not know, and an
 * update that sends settings back must include all of them.
 *
 * @returns reads the answer, after the command was sent
 */
export function keepRawAnswer(command: { readonly middlewareStack: unknown }): () => JsonObject {
  let raw: JsonObject = {};
  const stack = command.middlewareStack as MiddlewareStack;
  stack.add(
    (next) => async (input) => {
      const result = await next(input);
      const { response } = result as { response: { statusCode: number; body: AsyncIterable<Uint8Array> } };
      const body = Buffer.concat(await collected(response.body));
      // The stream has been consumed; the SDK also accepts bytes.
      Object.assign(response, { body: new Uint8Array(body) });
      if (response.statusCode < 300) raw = objectOf(JSON.parse(body.toString("utf8")));
      return result;
    },
    { step: "deserialize", priority: "low", name: "keepRawAnswer" },
  );
  return () => raw;
}

async function collected(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}
