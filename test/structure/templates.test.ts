import { describe, expect, test } from 'vitest'
import { listFiles, readText } from './sources.js'
import { findLogic } from './templates.js'

describe('the rule sees what it is for', () => {
  test.each([
    ['a field', '{{name}} {{docs.text}} {{this}}'],
    ['a branch', '{{#if docs}}{{docs}}{{else}}none{{/if}}{{#unless last}},{{/unless}}'],
    ['a loop', '{{#each fields}}{{name}}{{#unless @last}},{{/unless}}{{else}}none{{/each}}'],
    ['a named item', '{{#each fields as |field|}}{{field.name}}{{/each}}'],
    ['a partial', '{{> docs}}{{> field this}}'],
    ['a comment', '{{!-- why --}}{{! why }}'],
    ['a triple brace', '{{{name}}}'],
  ])('%s is allowed', (_, template) => {
    expect(findLogic(template)).toEqual([])
  })

  test.each([
    ['a helper', 'x\n{{upper name}}', ['2: a field with arguments']],
    ['a helper with options', '{{name sep=","}}', ['1: a field with arguments']],
    ['a foreign block', '{{#with a}}{{b}}{{/with}}', ['1: block with']],
    ['a foreign block below others', '{{#if a}}{{#each b}}{{#with c}}{{/with}}{{/each}}{{/if}}', ['1: block with']],
    ['a foreign block behind else', '{{#if a}}{{else}}{{#list b}}{{/list}}{{/if}}', ['1: block list']],
    ['a call inside a block', '{{#if (eq a b)}}{{/if}}', ['1: SubExpression']],
    ['a call inside a field', '{{a (pick b)}}', ['1: a field with arguments']],
    ['the outside', '{{#each a}}{{../b}}{{/each}}', ['1: ../b']],
    ['the outside as a condition', '{{#each a}}{{#if ../b}}{{/if}}{{/each}}', ['1: ../b']],
    ['the root', '{{#each a}}{{@root.b}}{{/each}}', ['1: @root.b']],
    ['options of a block', '{{#if a includeZero=true}}{{/if}}', ['1: a block with options']],
    ['a partial with options', '{{> field name="x"}}', ['1: a partial with options']],
    ['a partial by name', '{{> (choose a)}}', ['1: a partial chosen at run time']],
    ['a literal', '{{"text"}}', ['1: StringLiteral']],
    ['a partial block', '{{#> layout}}{{/layout}}', ['1: PartialBlockStatement']],
    ['an inline partial', '{{#*inline "a"}}{{/inline}}', ['1: DecoratorBlock']],
  ])('%s is refused', (_, template, faults) => {
    expect(findLogic(template)).toEqual(faults)
  })
})

describe('our templates', () => {
  test('decide nothing', () => {
    const faults = listFiles('templates', '.hbs').flatMap((path) =>
      findLogic(readText(path)).map((what) => `${path}:${what}`),
    )
    expect(faults).toEqual([])
  })
})
