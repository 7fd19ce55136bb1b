/**
 * The file name of a `Content-Disposition` header (RFC 6266, RFC 8187), safe to create in a folder: no path, no control
 * or bidi characters, no reserved name, at most 255 bytes. `undefined` where nothing usable is left.
 */
export function fileName(header: string): string | undefined {
  const parameters: Record<string, string> = {}
  for (const [, name = '', value = ''] of header.matchAll(/;\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g)) {
    // The first one counts.
    parameters[name.toLowerCase()] ??= value.trim()
  }
  return safeName(extended(parameters['filename*'] ?? '') ?? plain(parameters['filename'] ?? ''))
}

/** [spec] RFC 8187 section 3.2: charset, language, percent-encoded value; a wrong one is ignored. */
function extended(value: string): string | undefined {
  try {
    const text = /^utf-8'[^']*'([^"]+)$/i.exec(value)?.[1]
    return text && decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** A token or a quoted string; raw UTF-8 bytes, which `fetch` shows as Latin-1, are decoded. */
function plain(value: string): string {
  const text = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value
  try {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}

function safeName(text: string): string | undefined {
  const name = text
    .replace(/^.*[/\\]/s, '')
    // No file system has more; what follows takes time that grows with the square of the length.
    .slice(-1000)
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '_$1')
  return shorten(name).replace(/[.\s]+$/, '') || undefined
}

/** Cuts in front of the extension, so that the whole has at most 255 bytes in UTF-8. */
function shorten(name: string): string {
  const extension = /\.\w{1,16}$/.exec(name)?.[0] ?? ''
  const stem = [...name.slice(0, name.length - extension.length)]
  while (new TextEncoder().encode(stem.join('') + extension).length > 255) stem.pop()
  return stem.join('') + extension
}
