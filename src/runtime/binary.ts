import type { Client } from './client.js'
import { StreamError } from './errors.js'
import { type Answer, type ExchangePlan, exchange } from './exchange.js'
import { fileName } from './file-name.js'
import { hasDocument, saveInBrowser, saveToDisk } from './save.js'
import { newSession, observe, type StreamOptions } from './session.js'
import { openStream, type StreamHandle } from './stream.js'

/** How far a download is, in bytes after decompression. */
export interface Progress {
  readonly loaded: number
  /** `undefined` where the server does not say, or says it of compressed bytes. */
  readonly total: number | undefined
}

/** The options of a download. `onChunk` starts it at once; `onProgress` only observes. */
export interface BinaryOptions<Errors = unknown> extends StreamOptions<Errors> {
  /** Called for each piece as it comes; a promise is awaited before more is read. */
  onChunk?: ((bytes: Uint8Array) => unknown) | undefined
  onProgress?: ((progress: Progress) => void) | undefined
}

/** A stream of bytes. Its collectors reject rather than yield a part: after `close()` with kind `closed`. */
export interface BinaryStream extends StreamHandle<Uint8Array> {
  /** Reads all of it into a file, whose name is that of `Content-Disposition` and whose type that of the answer. */
  blob(): Promise<File>
  /** Reads all of it into memory. */
  bytes(): Promise<Uint8Array>
  /**
   * Saves it and returns the path or name. A page asks its user; Node, Bun and Deno write to `path`: a file, which is
   * replaced, or an existing folder, the current one unless given, in which a name that is taken gets a number.
   */
  save(path?: string): Promise<string>
}

/** What generated code says about a download. */
export interface BinaryPlan extends ExchangePlan {
  /** The name where the server gives none. */
  readonly fileName?: string
}

/** Opens a stream of bytes. Never throws; errors come by the handle. */
export function openBinary<Errors = unknown>(
  client: Client,
  options: BinaryOptions<Errors> | undefined,
  plan: BinaryPlan,
): BinaryStream {
  const session = newSession(client, options)
  const pieces: Uint8Array[] = []
  let answer: Answer | undefined
  let isWhole = false
  let loaded = 0

  const read = async (): Promise<boolean> => {
    answer ??= await exchange(session, plan, kindOf(plan))
    const bytes = await answer.read()
    if (session.ended) return false
    isWhole = !bytes
    if (bytes) {
      const { headers } = answer
      const total = headers.has('content-encoding') ? 0 : Number(headers.get('content-length'))
      loaded += bytes.length
      observe(session, options?.onProgress?.({ loaded, total: (total >= loaded && total) || undefined }))
      pieces.push(bytes)
    }
    return !isWhole
  }
  const handle = openStream(session, { take: () => pieces.shift(), read }, options?.onChunk)

  const header = (name: string): string => answer?.headers.get(name) ?? ''
  const name = (): string => fileName(header('content-disposition')) ?? plan.fileName ?? 'download'
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* handle
    if (!isWhole) throw new StreamError('the download was closed before its end', { kind: 'closed' })
  }
  const blob = async (): Promise<File> => new File(await fold(chunks()), name(), { type: header('content-type') })

  return Object.assign(handle, {
    blob,
    bytes: async () => new Uint8Array(await new Blob(await fold(chunks())).arrayBuffer()),
    save: async (path?: string) => {
      // Where no file can be made nothing is read.
      if (path !== undefined || !hasDocument())
        return saveToDisk({ chunks: chunks(), name }, path ?? '.').finally(handle.close)
      const file = await blob()
      saveInBrowser(file)
      return file.name
    },
  })
}

/** Octets may be anything but a page, which logins and proxies send; JSON in place of a file of a known type is an error. */
function kindOf({ accept }: ExchangePlan): RegExp {
  return /octet|\*/.test(accept) ? /^(?!text\/html$)/ : /^(?!text\/html$|.*[/+]json$)/
}

/** Joins chunks into Blobs of 16 MB, which browsers and Node keep outside of the heap. */
async function fold(chunks: AsyncIterable<Uint8Array>): Promise<Blob[]> {
  const blobs: Blob[] = []
  let pending: Uint8Array[] = []
  let size = 0
  const flush = (): void => {
    // TypeScript 5.9 wants buffers that are not shared, which is what `fetch` yields; 5.4 has no type for them.
    blobs.push(new Blob(pending as ConstructorParameters<typeof Blob>[0]))
    pending = []
    size = 0
  }
  for await (const chunk of chunks) {
    pending.push(chunk)
    size += chunk.length
    if (size > 1 << 24) flush()
  }
  flush()
  return blobs
}
