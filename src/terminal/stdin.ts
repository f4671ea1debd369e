// The paste on standard input. Bytes that are not UTF-8 become replacement characters; more than the limit is cut, not refused.

/** A paste of 1 MB is read whole; what comes after 4 MB tells nothing new. */
const limit = 4 * 1024 * 1024;

export async function readPaste(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    if (size < limit) chunks.push(bytes.subarray(0, limit - size));
    size += bytes.length;
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}
