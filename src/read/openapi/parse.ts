/** Text to value: tells JSON from YAML and refuses what is neither. */
import { InputError } from '../../diagnostics.js'
import { lineStarts, positionAt } from '../../outline.js'
import { parseJson } from './parse-json.js'
import { emptyError, type Parsed, type ParseOptions, type Text } from './parsed.js'

/**
 * Parses a text by its first character, then by the ending of its file: what begins with a brace is JSON unless the
 * file says YAML and JSON cannot read it.
 * @throws InputError of code `syntax`, `input-empty`, `input-html` and those of the two parsers.
 */
export async function parse(text: Text, options: ParseOptions): Promise<Parsed> {
  const isYamlFile = /\.ya?ml$/i.test(text.file)
  const start = text.text.slice(0, 1024).trimStart()
  refuseOther(text, start)
  if (/\.json$/i.test(text.file) || (start.startsWith('{') && !isYamlFile)) return parseJson(text)
  if (start.startsWith('{')) {
    try {
      return parseJson(text)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
    }
  }
  const { parseYaml } = await import('./parse-yaml.js')
  return parseYaml(text, options)
}

function refuseOther({ file, text }: Text, start: string): void {
  if (start === '' && text.trim() === '') throw emptyError(file)
  if (!start.startsWith('<')) return
  const place = { file, ...positionAt(lineStarts(text), text.indexOf('<')) }
  if (/^<(!doctype html|html|head|body|script)\b/i.test(start)) {
    throw new InputError({
      code: 'input-html',
      message: 'this is an HTML page and no OpenAPI document',
      place,
      hint: 'name the document itself; pages that show one, such as Swagger UI, link to it as openapi.json or openapi.yaml',
    })
  }
  throw new InputError({
    code: 'syntax',
    message: 'this looks like XML; an OpenAPI document is JSON or YAML',
    place,
    hint: 'name an OpenAPI document: 2.0, 3.0, 3.1 or 3.2, as JSON or YAML',
  })
}
