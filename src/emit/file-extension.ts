/** Names of files by media type. */

/** Where the extension is not the subtype. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'application/epub+zip': 'epub',
    'application/gzip': 'gz',
    'application/msword': 'doc',
    'application/vnd.apache.parquet': 'parquet',
    'application/vnd.ms-excel': 'xls',
    'application/vnd.ms-powerpoint': 'ppt',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
    'application/x-7z-compressed': '7z',
    'application/x-bzip2': 'bz2',
    'application/x-gzip': 'gz',
    'application/x-tar': 'tar',
    'application/x-zip-compressed': 'zip',
    'application/zstd': 'zst',
    'audio/mpeg': 'mp3',
    'audio/wave': 'wav',
    'audio/x-wav': 'wav',
    'image/jpeg': 'jpg',
    'image/svg+xml': 'svg',
    'image/vnd.microsoft.icon': 'ico',
    'image/x-icon': 'ico',
    'text/plain': 'txt',
    'video/quicktime': 'mov',
  }),
)

const SAME_AS_SUBTYPE: ReadonlySet<string> = new Set(
  'aac avif bmp csv flac gif html jpg json mp3 mp4 ogg opus otf pdf png rtf tiff ttf wasm wav webm webp woff woff2 xml zip'.split(
    ' ',
  ),
)

/** The extension of files of a media type, with its dot; `''` where none is usual. The media type is in lower case and has no parameters. */
export function fileExtension(mediaType: string): string {
  const subtype = mediaType.slice(mediaType.indexOf('/') + 1)
  const extension = EXTENSIONS.get(mediaType) ?? (SAME_AS_SUBTYPE.has(subtype) ? subtype : undefined)
  return extension === undefined ? '' : `.${extension}`
}
