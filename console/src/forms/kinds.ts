/** The fields of a form, made of the schema of a request's body. */
import { look, told } from "../words/words";

/** What the document says of a value: the part of JSON Schema that pydantic writes. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly (string | number)[];
  const?: unknown;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
  title?: string;
  description?: string;
  /** Of a body that is any of several documents, such as a part of a competition: each by its name. */
  "x-parts"?: Readonly<Record<string, Schema>>;
}
export type Schemas = Readonly<Record<string, Schema | undefined>>;

/** How a value is asked for. */
export type Kind =
  | "text"
  | "lines"
  | "markdown"
  | "password"
  | "email"
  | "link"
  | "number"
  | "whole"
  | "switch"
  | "choice"
  | "choices"
  | "instant"
  | "file"
  | "json"
  | "rows"
  | "map"
  | "keyed"
  | "group";

export interface Choice {
  value: string;
  label: string;
}

/** One value of a form. */
export interface Field {
  name: string;
  kind: Kind;
  schema: Schema;
  required: boolean;
  /** Null is a value: what is left empty is sent as null. */
  nullable: boolean;
  label: string;
  hint: string;
  choices: readonly Choice[];
  /** Of a group: its fields. */
  fields: readonly Field[];
  /** Of rows and of mappings: what each entry is, and what one is called. */
  item: Field | null;
  entry: string;
  /** It is asked for only where a field beside it has this value. */
  when: When | null;
  /** Of a group: it has no frame and no title of its own, since it is all that a form asks for. */
  bare: boolean;
  /** Of a file: the endings that it may have, and its most bytes. */
  accept: string;
  maxBytes: number | null;
}

export interface When {
  name: string;
  is: string | readonly string[];
}

/** What a page says of a field beside the document, by its path: `phases.name`, entries without their number. */
export interface Change {
  kind?: Kind;
  label?: string;
  hint?: string;
  required?: boolean;
  hidden?: boolean;
  choices?: readonly Choice[];
  accept?: string;
  maxBytes?: number;
  entry?: string;
  when?: When;
  bare?: boolean;
  /** Of rows of single values: what is said of one. */
  each?: Change;
}
export type Changes = Readonly<Record<string, Change>>;

/** More letters than this have several lines. */
const LINE = 300;
const REFERENCE = "#/components/schemas/";
const MARKDOWN = new Set(["text", "content", "guidelines"]);
const SECRETS = new Set(["password", "new_password", "secret", "token", "refresh_token"]);
/** Of base64 three bytes are four letters. */
const BYTES_A_LETTER = 0.75;

/** The fields of a body, by its name in the document, or of one of its `x-parts`. Throws where there is no such body. */
export function fieldsOf(body: string, schemas: Schemas, changes: Changes = {}, part?: string): Field[] {
  const whole = resolved({ $ref: REFERENCE + body }, schemas);
  const schema = part === undefined ? whole : resolved(whole["x-parts"]?.[part] ?? {}, schemas);
  if (!schema.properties) throw new Error(`No form can be made of ${body} ${part ?? ""}.`);
  return within(schema, "", { schemas, changes, body: body.replace(/Body$/, "") });
}

/** Of these fields the named ones, in the order of their names. `agon.slug` is one of a group, of which others are left out. */
export function chosen(fields: readonly Field[], names: readonly string[]): Field[] {
  const tops = [...new Set(names.map((name) => name.split(".")[0]))];
  return tops.flatMap((top) => {
    const field = fields.find(({ name }) => name === top);
    const inside = names.filter((name) => name.startsWith(`${top}.`)).map((name) => name.slice(`${top}.`.length));
    if (!field || inside.length === 0) return field ?? [];
    return { ...field, fields: chosen(field.fields, inside) };
  });
}

interface Source {
  schemas: Schemas;
  changes: Changes;
  body: string;
}

function within(schema: Schema, path: string, source: Source): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const place = path ? `${path}.${name}` : name;
    if (source.changes[place]?.hidden) return [];
    return [field(name, property, place, schema.required?.includes(name) ?? false, source)];
  });
}

function field(name: string, property: Schema, path: string, required: boolean, source: Source): Field {
  const { schema, nullable } = plain(property, source.schemas);
  const change = source.changes[path] ?? {};
  const kind = change.kind ?? kindOf(name, schema, nullable);
  const label = change.label ?? labelOf(name, source.body, property.title ?? schema.title);
  return {
    name,
    kind,
    schema,
    required: change.required ?? required,
    nullable,
    label,
    hint: change.hint ?? hintOf(name, source.body, property.description),
    choices: change.choices ?? choicesOf(kind, schema),
    fields: kind === "group" ? within(asGroup(schema), path, source) : [],
    item: itemOf(kind, name, schema, path, source),
    entry: change.entry ?? label,
    when: change.when ?? null,
    bare: change.bare ?? false,
    accept: change.accept ?? "",
    maxBytes: change.maxBytes ?? (schema.maxLength ? Math.floor(schema.maxLength * BYTES_A_LETTER) : null),
  };
}

function itemOf(kind: Kind, name: string, schema: Schema, path: string, source: Source): Field | null {
  const each = source.changes[path]?.each;
  const ofEach: Source = each ? { ...source, changes: { ...source.changes, [path]: each } } : source;
  if (kind === "rows") return field(name, schema.items ?? {}, path, true, ofEach);
  if (kind !== "map" && kind !== "keyed") return null;
  const value = schema.additionalProperties;
  return field(name, typeof value === "object" ? value : { type: "string" }, path, true, source);
}

function kindOf(name: string, schema: Schema, nullable: boolean): Kind {
  const { type, enum: values, items, properties, additionalProperties, maxLength = 0 } = schema;
  if (values) return isYesOrNo(values) ? "switch" : "choice";
  if (type === "boolean") return nullable && typeof schema.default !== "boolean" ? "choice" : "switch";
  if (type === "integer") return "whole";
  if (type === "number") return "number";
  if (type === "array") return items?.enum ? "choices" : items?.$ref || items?.type ? "rows" : "json";
  if (properties || schema.propertyNames?.enum) return "group";
  if (type === "object") return mappingOf(additionalProperties);
  if (type !== "string") return schema.const === undefined ? "json" : "switch";
  if (schema.format === "base64") return "file";
  if (schema.format === "date-time") return "instant";
  if (SECRETS.has(name)) return "password";
  if (name === "email") return "email";
  if (/(?:^|_)url$/.test(name)) return "link";
  if (MARKDOWN.has(name) && maxLength > LINE) return "markdown";
  return maxLength > LINE ? "lines" : "text";
}

/** Entries that say their key themselves are rows. */
function mappingOf(each: boolean | Schema = true): Kind {
  if (typeof each !== "object" || each.anyOf) return "json";
  return each.properties?.key ? "keyed" : "map";
}

/** The format writes some yes and no as words. */
function isYesOrNo(values: readonly unknown[]): boolean {
  return values.length === 2 && values.includes("true") && values.includes("false");
}

/** Without its reference, and without null beside it. */
function plain(property: Schema, schemas: Schemas): { schema: Schema; nullable: boolean } {
  const whole = resolved(property, schemas);
  const others = whole.anyOf?.filter(({ type }) => type !== "null");
  if (others?.length !== 1 || others.length === whole.anyOf?.length) {
    return { schema: whole, nullable: false };
  }
  return { schema: { ...whole, anyOf: undefined, ...resolved(others[0] ?? {}, schemas) }, nullable: true };
}

function resolved(schema: Schema, schemas: Schemas): Schema {
  if (!schema.$ref) return schema;
  const { $ref, ...around } = schema;
  return { ...schemas[$ref.slice(REFERENCE.length)], ...around };
}

/** A mapping whose keys are named is a group of them, none needed. */
function asGroup(schema: Schema): Schema {
  const names = schema.propertyNames?.enum;
  const each = schema.additionalProperties;
  if (schema.properties || !names || typeof each !== "object") return schema;
  return { properties: Object.fromEntries(names.map((name) => [String(name), each])) };
}

function choicesOf(kind: Kind, schema: Schema): Choice[] {
  if (kind === "choice" && schema.type === "boolean") {
    return ["true", "false"].map((value) => ({ value, label: look(`values.${value === "true" ? "yes" : "no"}`) ?? value }));
  }
  const values = kind === "choices" ? schema.items?.enum : schema.enum;
  return (values ?? []).map(String).map((value) => ({ value, label: look(`choices.${value}`) ?? value }));
}

function labelOf(name: string, body: string, title?: string): string {
  return look(`titles.${body}.${name}`) ?? look(`titles.${name}`) ?? told(sentenceCase(title ?? name));
}

function hintOf(name: string, body: string, description = ""): string {
  return look(`hints.${body}.${name}`) ?? look(`hints.${name}`) ?? told(description);
}

/** `Max Per Day` and `max_per_day` as `Max per day`. */
function sentenceCase(title: string): string {
  const words = title.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
