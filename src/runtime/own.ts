/** The value of an own key, so that a name such as `__proto__` or `constructor` from outside finds nothing. */
export function own<Value>(record: { readonly [key: string]: Value }, key: string): Value | undefined {
  return Object.prototype.propertyIsEnumerable.call(record, key) ? record[key] : undefined
}
