/** A value that the deployment fills in: one of the parts of a string, counted from 0. */
export function selectedPart(value: unknown, separator: string, index: number): unknown {
  return { "Fn::Select": [index, { "Fn::Split": [separator, value] }] };
}
