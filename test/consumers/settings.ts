/** Which compilers and which settings our output has to pass, and what each compiler knows of the settings. */

/** The compilers by the folder under `node_modules` that holds each; several are installed, so none is called by name. */
export const compilers = ['typescript-5.4', 'typescript', 'typescript-6', 'typescript-7'] as const
export type Compiler = (typeof compilers)[number]

/** The projects of `fixtures/consumers`. */
export const consumers = ['strict', 'bundler', 'loose', 'node'] as const
export type Consumer = (typeof consumers)[number]

export type Settings = { readonly [option: string]: unknown }

/** Options that came with a later version than the first of `compilers`. */
const unknownTo: { readonly [name in Compiler]: readonly string[] } = {
  'typescript-5.4': ['erasableSyntaxOnly', 'isolatedDeclarations', 'noUncheckedSideEffectImports'],
  typescript: [],
  'typescript-6': [],
  'typescript-7': [],
}

/**
 * The settings of a consumer as one compiler takes them: without the options that it does not know, and with
 * `moduleResolution: bundler` where it no longer takes `node10` (deprecated in 6, gone in 7). Pure.
 */
export function settingsFor(compiler: Compiler, settings: Settings): Settings {
  const known = Object.entries(settings).filter(([option]) => !unknownTo[compiler].includes(option))
  const adapted = Object.fromEntries(known)
  const hasNode10 = compiler === 'typescript-5.4' || compiler === 'typescript'
  if (adapted['moduleResolution'] === 'node10' && !hasNode10) return { ...adapted, moduleResolution: 'bundler' }
  return adapted
}
