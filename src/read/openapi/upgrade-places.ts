/** Where things of an upgraded Swagger 2.0 document stand in the file as it was written. */

/** Members of the root that the upgrade moves: from and to. */
export const SECTIONS: readonly (readonly [written: string, upgraded: string])[] = [
  ['/definitions', '/components/schemas'],
  ['/parameters', '/components/parameters'],
  ['/responses', '/components/responses'],
  ['/securityDefinitions', '/components/securitySchemes'],
]

/** The pointer as written, by the longest prefix that has been moved. */
export function writtenPointer(pointer: string, moves: ReadonlyMap<string, string>): string {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    const moved = moves.get(pointer.slice(0, end))
    if (moved !== undefined) return moved + pointer.slice(end)
  }
  return pointer
}

/** The way to something in an upgraded document by the names of 2.0, which references from other files still have. */
export function legacyTokens(tokens: readonly string[]): string[] {
  const [first = '', ...rest] = tokens
  const upgraded = SECTIONS.find(([written]) => written === `/${first}`)?.[1]
  return upgraded === undefined ? [...tokens] : [...upgraded.split('/').slice(1), ...rest]
}

/** A reference as it was before the upgrade. */
export function legacyReference(reference: string): string {
  const section = SECTIONS.find(([, upgraded]) => reference.startsWith(`#${upgraded}/`))
  return section ? `#${section[0]}${reference.slice(section[1].length + 1)}` : reference
}
