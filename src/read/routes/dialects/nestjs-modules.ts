/** `RouterModule.register([{ path, module, children }])` of NestJS: paths that stand before those of whole modules. */
import { ts } from '../compiler.js'
import type { DialectTools, Unmounted } from '../dialect.js'
import { listOf } from './loop.js'
import { decoratorsOf, textOf } from './nestjs-decorators.js'
import { callsOf, lastName, perProject } from './syntax.js'

export interface ModulePath {
  /** `''` where no module has the controller. */
  readonly path: string
  readonly unmounted?: Unmounted
}

/** What stands before the path of a controller, by the module that declares it. */
export function modulePathOf(controller: ts.ClassDeclaration, tools: DialectTools): ModulePath {
  const { paths, broken } = modulePaths(tools)
  const path = paths.get(controller)
  if (path !== undefined) return { path }
  if (broken === undefined) return { path: '' }
  return { path: '', unmounted: { node: broken, because: 'the paths that RouterModule gives here are no constants' } }
}

interface ModulePaths {
  readonly paths: Map<ts.Node, string>
  /** The first thing that could not be read, so that a controller without a path may have one. */
  broken?: ts.Node
}

const modulePaths = perProject((tools: DialectTools): ModulePaths => {
  const found: ModulePaths = { paths: new Map() }
  for (const source of tools.context) {
    if (!source.text.includes('RouterModule')) continue
    for (const { expression, arguments: given } of callsOf(source, ['register'])) {
      const isRegister = ts.isPropertyAccessExpression(expression) && lastName(expression.expression) === 'RouterModule'
      if (isRegister && given[0] !== undefined) addTrees(given[0], { outer: '', found, tools })
    }
  }
  return found
})

interface Walk {
  readonly outer: string
  readonly found: ModulePaths
  readonly tools: DialectTools
}

function addTrees(list: ts.Expression, walk: Walk): void {
  for (const element of elementsOf(list, walk)) {
    const node = walk.tools.unwrap(element)
    const path = walk.tools.property(node, 'path')
    // Among `children` a module may stand alone.
    if (path === undefined) addModule(node, walk)
    else addTree(node, { ...walk, path })
  }
}

function addTree(tree: ts.Expression, { path, ...walk }: Walk & { readonly path: ts.Expression }): void {
  const text = textOf(path, walk.tools)
  if (text === undefined) {
    walk.found.broken ??= path
    return
  }
  const next = { ...walk, outer: `${walk.outer}/${text}` }
  const [module, children] = ['module', 'children'].map((name) => walk.tools.property(tree, name))
  if (module !== undefined) addModule(module, next)
  if (children !== undefined) addTrees(children, next)
}

/** The controllers that the decorator of a module's class names. */
function addModule(module: ts.Expression, walk: Walk): void {
  const { tools, found, outer } = walk
  const declaration = tools.declarationOf(tools.unwrap(module))
  if (declaration === undefined || !ts.isClassDeclaration(declaration)) {
    found.broken ??= module
    return
  }
  const options = decoratorsOf(declaration).get('Module')?.arguments[0]
  const controllers = options && tools.property(options, 'controllers')
  for (const element of controllers === undefined ? [] : elementsOf(controllers, walk)) {
    const controller = tools.declarationOf(tools.unwrap(element))
    if (controller === undefined) found.broken ??= element
    else found.paths.set(controller, outer)
  }
}

/** What a list holds, with what is spread into it. */
function elementsOf(list: ts.Expression, { found, tools }: Walk): readonly ts.Expression[] {
  const elements = listOf(list, tools)
  if (elements === undefined) found.broken ??= list
  return (elements ?? []).flatMap((element) =>
    ts.isSpreadElement(element) ? elementsOf(element.expression, { found, tools, outer: '' }) : [element],
  )
}
