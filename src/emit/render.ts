/** Planned files to text, by Handlebars without logic: templates place fields, loop and branch, and do nothing else. */
import { createRequire } from 'node:module'
import type Handlebars from 'handlebars'
import { HEADER } from './header.js'
import type { PlannedFile } from './view.js'

/**
 * All of Handlebars in the one file that its package has for browsers, which takes 10 ms of CPU to load, where the
 * fifty files behind its name take 35. By `require`, for an `import` would first look through it for names.
 */
const { create }: typeof Handlebars = createRequire(import.meta.url)('handlebars/dist/handlebars.js')

export interface GeneratedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string
  readonly text: string
}

/** @throws Error where a template names what its view does not have: a fault of ours, never of the input. */
export function render(files: readonly PlannedFile[], templates: ReadonlyMap<string, string>): GeneratedFile[] {
  const templateOf = compile(templates)
  return files.map(({ path, template, view }) => {
    const text = templateOf(template)({ header: HEADER, ...view })
    // A type that begins on a line of its own leaves a blank behind the sign in front of it; no string ends a line.
    return { path, text: `${text.replaceAll(/ +$/gm, '').trimEnd()}\n` }
  })
}

type Compiled = (name: string) => Handlebars.TemplateDelegate

/**
 * `strict` throws for a field that is missing, but the built-in blocks do not; these are wrapped so that they do.
 * `noEscape`, because escaping for HTML would change code: what is placed is code already.
 */
function compile(templates: ReadonlyMap<string, string>): Compiled {
  const handlebars = create()
  for (const block of ['if', 'unless', 'each'] as const) {
    const builtIn: unknown = handlebars.helpers[block]
    if (typeof builtIn !== 'function') throw new Error(`Handlebars has no ${block}`)
    handlebars.registerHelper(block, function (this: unknown, value: unknown, options: unknown) {
      if (value === undefined) throw new Error(`a template asks for a field that its view does not have (${block})`)
      return builtIn.call(this, value, options)
    })
  }
  const options = { strict: true, noEscape: true, preventIndent: true, knownHelpersOnly: true }
  for (const [name, source] of templates) {
    if (name.startsWith('partials/'))
      handlebars.registerPartial(name.slice('partials/'.length), handlebars.compile(source, options))
  }
  const compiled = new Map<string, Handlebars.TemplateDelegate>()
  return (name) => {
    const known = compiled.get(name)
    if (known !== undefined) return known
    const source = templates.get(name)
    if (source === undefined) throw new Error(`there is no template ${name}`)
    const template = handlebars.compile(source, options)
    compiled.set(name, template)
    return template
  }
}
