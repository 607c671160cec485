import { createReadStream, fstatSync, openSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { CommandError } from "./command-error.ts";
import { whyNotRead } from "./file-reason.ts";
import { LineSplitter } from "./line-splitter.ts";

/** The progress, in bytes of the file on disk, compressed or not. */
export interface ReadingProgress {
  readonly bytes: number;
  /** Undefined for standard input, which has no size. */
  readonly of: number | undefined;
}

/** Which part of a file is read. */
interface ReadPart {
  /** The byte on disk to start at, in the middle of a line perhaps. */
  readonly from?: number;
  /** So many bytes, unpacked: whatever line comes after is left out, and so is the one that they cut. */
  readonly most?: number;
}

/**
 * The lines of a file in chunks, so that a file may have any size. Unpacks gzip, regardless of the name.
 *
 * @param path a file, or `-` for standard input
 * @throws CommandError `log_unreadable`
 */
export async function* readLines(
  path: string,
  onProgress: (progress: ReadingProgress) => void = () => {},
  { from = 0, most = Number.POSITIVE_INFINITY }: ReadPart = {},
): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder("utf8");
  const splitter = new LineSplitter();
  let bytes = 0;
  try {
    for await (const chunk of unpacked(chunksOf(path, onProgress, from))) {
      const lines = splitter.take(decoder.write(chunk));
      if (lines.length > 0) yield lines;
      bytes += chunk.length;
      if (bytes > most) return;
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const rest = splitter.end() + decoder.end();
  if (rest !== "") yield [rest];
}

async function* chunksOf(
  path: string,
  onProgress: (progress: ReadingProgress) => void,
  start: number,
): AsyncGenerator<Buffer> {
  const fd = path === "-" ? 0 : openSync(path, "r");
  const stat = fstatSync(fd);
  const of = stat.isFile() ? stat.size : undefined;
  let bytes = 0;
  for await (const chunk of createReadStream("", {
    fd,
    highWaterMark: 2 ** 18,
    ...(start === 0 ? {} : { start }),
  }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    onProgress({ bytes, of });
    yield chunk;
  }
}

/** Unpacks data that starts like gzip (RFC 1952: 1f 8b). */
async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done === true) return;
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield first.value;
    yield* chunks;
    return;
  }
  const gunzip = createGunzip();
  const feed = async () => {
    gunzip.write(first.value);
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) {
        await new Promise<void>((done) => gunzip.once("drain", done).once("close", done));
      }
    }
    gunzip.end();
  };
  feed().catch((error: unknown) => gunzip.destroy(error instanceof Error ? error : undefined));
  yield* gunzip as AsyncIterable<Buffer>;
}

function unreadable(path: string, cause: unknown): CommandError {
  const name = path === "-" ? "standard input" : `\`${path}\``;
  const why = whyNotRead(cause);
  return new CommandError("log_unreadable", `the log ${name} cannot be read: ${why}`, {
    cause,
    fix: "give a file of decision-log lines, plain or gzip, or `-` for standard input",
  });
}
