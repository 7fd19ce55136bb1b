/** Parses generated files with the TypeScript compiler. */
import { InputError } from '../diagnostics.js'
import { shown } from './compare.js'
import type { GeneratedFile } from './render.js'

/**
 * @throws InputError of code `verify-failed` for the first file that is not TypeScript, which is a fault of ours that
 *   this input brings to light.
 */
export async function verify(files: readonly GeneratedFile[], { folder }: { folder: string }): Promise<void> {
  const { ts } = await import('ts-morph')
  for (const { path, text } of files) {
    const { diagnostics = [] } = ts.transpileModule(text, {
      fileName: path,
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    })
    const [first] = diagnostics
    if (first === undefined) continue
    const before = text.slice(0, first.start ?? 0).split('\n')
    throw new InputError({
      code: 'verify-failed',
      message: `the generated file is not valid TypeScript: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`,
      place: { file: shown(folder, path), line: before.length, column: (before.at(-1) ?? '').length + 1 },
      hint: 'this is a fault of streamwright: please report it with the document that brings it about',
    })
  }
}
