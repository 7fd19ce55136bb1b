/** The outer members of a document that nothing is made of, or only where a reference leads: they have their shape too. */
import { child, isObject, type Node } from './node.js'
import { itemsAt, objectAt, type Reading, refuseShape } from './shape.js'

/** The Components Object (OpenAPI 3.2 section 4.7). */
const SECTIONS = [
  ...['schemas', 'responses', 'parameters', 'examples', 'requestBodies', 'headers', 'securitySchemes', 'links'],
  ...['callbacks', 'pathItems', 'mediaTypes'],
]

/** Refuses what has another shape; warns of a member without a value, as YAML has where all below it was removed. */
export function checkUnread(root: Node, reading: Reading): void {
  checkMap(child(root, 'webhooks'), reading)
  const components = child(root, 'components')
  checkMap(components, reading)
  for (const section of SECTIONS) checkMap(child(components, section), reading)
  for (const tag of itemsAt(child(root, 'tags'), reading)) objectAt(tag, reading) ?? refuseShape(tag, 'a tag', reading)
}

function checkMap(node: Node, reading: Reading): void {
  if (node.value === undefined || isObject(node.value)) return
  if (node.value !== null) refuseShape(node, 'an object', reading)
  reading.report({
    severity: 'warning',
    code: 'empty-member',
    message: 'there is null here in place of an object; it is taken for an empty one',
    place: reading.documents.place(node.at),
    hint: 'remove the member, or write {}',
  })
}
