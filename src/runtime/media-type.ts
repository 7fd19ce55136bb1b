/**
 * Whether an answer may be read. `type` is the `Content-Type` of the answer, compared by its essence: parameters and
 * case do not count. `declared` are the media types that the document names; `image/*` and `*\/*` match what they say
 * but never HTML, which is what login pages and proxies send. `kind` matches what else the kind of stream may have,
 * and `''` if the header may be missing.
 */
export function isAccepted(
  type: string,
  { declared, kind }: { readonly declared: readonly string[]; readonly kind: RegExp },
): boolean {
  const actual = essence(type)
  return (
    kind.test(actual) ||
    declared.some((media) => {
      const wanted = essence(media)
      return (
        wanted === actual ||
        (wanted.endsWith('*') && actual !== 'text/html' && `${actual}/`.startsWith(wanted.replace(/^\*\/|\*$/g, '')))
      )
    })
  )
}

/** The media type without its parameters, in lower case. */
export function essence(type: string): string {
  return type.replace(/;.*/, '').trim().toLowerCase()
}
