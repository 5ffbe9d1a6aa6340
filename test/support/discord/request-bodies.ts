import { readFileSync } from 'node:fs';

/** A JSON Schema, as far as the description of the API uses it. */
type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
};
type Line = { readonly body?: string; readonly name?: string; readonly schema?: Schema };

const LINES: readonly Line[] = readFileSync(new URL('./request-bodies.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const SCHEMAS = new Map(LINES.flatMap(({ name, schema }) => (name && schema ? [[name, schema] as const] : [])));
const BODIES = new Map(LINES.flatMap(({ body, schema }) => (body && schema ? [[body, schema] as const] : [])));

/** What is wrong with a request's body by Discord's published description; fields that it does not know are wrong too. */
export function bodyProblems(body: string, value: unknown): readonly string[] {
  const schema = BODIES.get(body);
  return schema ? problems(schema, value, '') : [`no description of ${body}`];
}

function problems(schema: Schema, value: unknown, at: string): readonly string[] {
  if (schema.$ref !== undefined) return problems(named(schema.$ref), value, at);
  const unions = [schema.anyOf, schema.oneOf].flatMap((each) => (each && each.length > 0 ? [each] : []));
  for (const branches of unions) {
    const tried = branches.map((each) => problems(each, value, at));
    if (!tried.some((each) => each.length === 0)) return nearest(branches, value, tried);
  }
  return [
    ...(schema.allOf ?? []).flatMap((each) => problems(each, value, at)),
    ...ofType(schema, value, at),
    ...ofText(schema, value, at),
    ...ofNumber(schema, value, at),
    ...ofArray(schema, value, at),
    ...ofObject(schema, value, at),
  ];
}

function named(name: string): Schema {
  const schema = SCHEMAS.get(name);
  if (!schema) throw new Error(`no schema ${name}`);
  return schema;
}

/** Of several kinds that it could be, the complaints of the one that its `type` names. */
function nearest(branches: readonly Schema[], value: unknown, tried: readonly (readonly string[])[]): readonly string[] {
  const type = isRecord(value) ? value.type : undefined;
  const at = branches.findIndex((each) => {
    const own = (each.$ref ? named(each.$ref) : each).properties?.type;
    return type !== undefined && (own?.$ref ? named(own.$ref) : own)?.enum?.includes(type);
  });
  return tried[at] ?? [...tried].sort((a, b) => a.length - b.length)[0] ?? [];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** Discord takes an attachment's number in a request for an id, and so does its own documentation. */
const SNOWFLAKE = '^(0|[1-9][0-9]*)$';

function ofType({ type, enum: choices, const: only, pattern }: Schema, value: unknown, at: string): readonly string[] {
  const is = typeOf(value);
  const types = type === undefined ? [] : [type].flat();
  const fits =
    types.length === 0 || types.includes(is) || (is === 'integer' && (types.includes('number') || pattern === SNOWFLAKE));
  if (!fits) return [`${at}: is ${is}, not ${types.join(' or ')}`];
  if (value !== null && choices && !choices.includes(value)) return [`${at}: is none of ${choices.join(', ')}`];
  return only !== undefined && value !== only ? [`${at}: is not ${only}`] : [];
}

function ofText({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema, value: unknown, at: string) {
  if (typeof value !== 'string') return [];
  const length = [...value].length;
  return [
    ...(length < minLength ? [`${at}: shorter than ${minLength}`] : []),
    ...(length > maxLength ? [`${at}: longer than ${maxLength}`] : []),
    ...(pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? [`${at}: does not match ${pattern}`] : []),
  ];
}

function ofNumber({ minimum, maximum }: Schema, value: unknown, at: string): readonly string[] {
  if (typeof value !== 'number') return [];
  const isOut = (minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum);
  return isOut ? [`${at}: not within ${minimum} and ${maximum}`] : [];
}

function ofArray({ items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: Schema, value: unknown, at: string) {
  if (!Array.isArray(value)) return [];
  return [
    ...(value.length < minItems || value.length > maxItems ? [`${at}: has ${value.length} items`] : []),
    ...(items ? value.flatMap((each: unknown, nth) => problems(items, each, `${at}[${nth}]`)) : []),
  ];
}

function ofObject(schema: Schema, value: unknown, at: string): readonly string[] {
  if (!isRecord(value) || schema.properties === undefined) return [];
  const known = schema.properties;
  return [
    ...(schema.required ?? []).flatMap((name) => (value[name] === undefined ? [`${at}.${name}: is missing`] : [])),
    ...Object.entries(value).flatMap(([name, each]) => {
      if (each === undefined) return [];
      const own = known[name];
      return own ? problems(own, each, `${at}.${name}`) : [`${at}.${name}: is not known`];
    }),
  ];
}
