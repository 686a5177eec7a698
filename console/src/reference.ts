/** What the API's document says, in the shape in which it is shown. Pure: the document comes in, operations by tag go out. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly (string | number)[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  description?: string;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
  description?: string;
}
interface Content {
  content?: Readonly<Record<string, { schema?: Schema }>>;
  description?: string;
}
interface Described {
  operationId: string;
  summary?: string;
  tags?: readonly string[];
  security?: readonly Readonly<Record<string, unknown>>[];
  parameters?: readonly Parameter[];
  requestBody?: Content;
  responses: Readonly<Record<string, Content>>;
}
export interface ApiDocument {
  info: { title: string; version: string };
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
}

/** One value of a parameter, a body or an answer. */
export interface Value {
  name: string;
  type: string;
  isRequired: boolean;
  /** What bounds it, as the document has it: `1 … 40`, `^[a-z]+$`. */
  bounds: string;
  about: string;
  where?: string;
}
export interface Operation {
  id: string;
  tag: string;
  method: string;
  path: string;
  summary: string;
  /** Who may call it: `account`, `runner`, `attempt`; anybody, where it is empty. */
  access: string;
  isOpen: boolean;
  parameters: readonly Value[];
  body: readonly Value[];
  answer: readonly Value[];
  /** What is said of the body and of the answer as a whole, by paragraphs. */
  aboutBody: readonly string[];
  aboutAnswer: readonly string[];
  statuses: readonly { status: string; about: string }[];
  /** The words that it is looked for by, in small letters. */
  words: string;
}

const METHODS = ["get", "post", "patch", "delete"] as const;

/** What a sentence of the document is in the reader's language. */
export type Saying = (english: string) => string;

export function operationsOf(document: ApiDocument, say: Saying = (english) => english): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const said = methods[method];
      return said ? [spoken(operation(method, path, said, document), say)] : [];
    }),
  );
}

/** The sentences that the operations tell, each once. */
export function sentencesOf(operations: readonly Operation[]): Set<string> {
  const found = operations.flatMap(({ summary, parameters, body, answer, aboutBody, aboutAnswer, statuses }) => [
    summary,
    ...aboutBody,
    ...aboutAnswer,
    ...[...parameters, ...body, ...answer, ...statuses].map(({ about }) => about),
  ]);
  return new Set(found.filter(Boolean));
}

/** The operation in the reader's language. It is found by the words of both. */
function spoken(one: Operation, say: Saying): Operation {
  const told = <T extends { about: string }>(values: readonly T[]): T[] =>
    values.map((value) => ({ ...value, about: value.about && say(value.about) }));
  const summary = say(one.summary);
  return {
    ...one,
    summary,
    parameters: told(one.parameters),
    body: told(one.body),
    answer: told(one.answer),
    aboutBody: one.aboutBody.map(say),
    aboutAnswer: one.aboutAnswer.map(say),
    statuses: told(one.statuses),
    words: `${one.words} ${summary.toLowerCase()}`,
  };
}

/** The operations in which every word of `query` stands, by tag, in the document's order. */
export function byTag(operations: readonly Operation[], query: string): Map<string, Operation[]> {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Map<string, Operation[]>();
  for (const one of operations) {
    if (!wanted.every((word) => one.words.includes(word))) continue;
    found.set(one.tag, [...(found.get(one.tag) ?? []), one]);
  }
  return found;
}

/** The call as a command for a shell. What is in braces is to be put in. */
export function curl({ method, path, isOpen, parameters, body }: Operation, origin: string): string {
  const query = parameters.filter(({ where, isRequired }) => where === "query" && isRequired);
  const asked = query.length > 0 ? `?${query.map(({ name }) => `${name}={${name}}`).join("&")}` : "";
  const lines = [`curl -X ${method.toUpperCase()} '${origin}/api${path}${asked}'`];
  if (!isOpen) lines.push(`-H "Authorization: Bearer $AGON_TOKEN"`);
  if (body.length > 0) lines.push(`-H 'Content-Type: application/json'`, `-d '${example(body)}'`);
  return lines.join(" \\\n  ");
}

/** The same with the library of the command line, which names what stands in the path, and renews a sign-in by itself. */
export function python({ method, path, isOpen, parameters, body }: Operation, origin: string): string {
  const names = (where: string) => parameters.filter((one) => one.where === where && one.isRequired).map(({ name }) => name);
  const given = [
    `"${method.toUpperCase()}"`,
    `"${path.replace(/^.v1(?=.)/, "")}"`,
    ...(body.length > 0 ? [example(body).replace(/\b(?:true|false|null)\b/g, (word) => PYTHON[word] ?? word)] : []),
    ...(names("query").length > 0 ? [`params={${names("query").map((name) => `"${name}": ${name}`).join(", ")}}`] : []),
    ...names("path").map((name) => `${name}=${name}`),
  ]; // prettier-ignore
  return [
    "from agon.client import Client",
    "",
    `with Client("${origin}/api") as agon:`,
    ...(isOpen ? [] : ["    agon.use_token(token)"]),
    `    answer = agon.http.call(${given.join(", ")})`,
  ].join("\n");
}

const PYTHON: Readonly<Record<string, string>> = { true: "True", false: "False", null: "None" };

function operation(method: string, path: string, said: Described, document: ApiDocument): Operation {
  const access = (said.security ?? []).flatMap((one) => Object.keys(one)).join(", ");
  const success = Object.entries(said.responses).find(([status]) => status.startsWith("2"))?.[1];
  const tag = said.tags?.[0] ?? "";
  return {
    id: said.operationId,
    tag,
    method,
    path,
    summary: said.summary ?? "",
    access,
    isOpen: (said.security ?? []).length === 0 || (said.security ?? []).some((one) => Object.keys(one).length === 0),
    parameters: (said.parameters ?? []).map(({ name, required, schema = {}, in: where, description }) => ({
      ...value(name, schema, required ?? false, document),
      about: description ?? schema.description ?? "",
      where,
    })),
    body: valuesOf(schemaOf(said.requestBody), document),
    answer: valuesOf(schemaOf(success), document),
    aboutBody: paragraphsOf(schemaOf(said.requestBody), document),
    aboutAnswer: paragraphsOf(schemaOf(success), document),
    statuses: Object.entries(said.responses).map(([status, { description = "" }]) => ({ status, about: description })),
    words: `${said.operationId} ${path} ${said.summary ?? ""} ${tag}`.toLowerCase(),
  };
}

/** What is said of a body or an answer as a whole. Its lines end where the source's do. */
function paragraphsOf(schema: Schema, document: ApiDocument): string[] {
  const { description = "" } = resolved(schema, document);
  return description
    .split(/\n{2,}/)
    .map((one) => one.replace(/\s*\n\s*/g, " "))
    .filter(Boolean);
}

function schemaOf(content: Content | undefined): Schema {
  return Object.values(content?.content ?? {})[0]?.schema ?? {};
}

function valuesOf(schema: Schema, document: ApiDocument): Value[] {
  const { properties = {}, required = [] } = resolved(schema, document);
  return Object.entries(properties).map(([name, one]) => value(name, one, required.includes(name), document));
}

function value(name: string, schema: Schema, isRequired: boolean, document: ApiDocument): Value {
  return { name, type: typeOf(schema, document), isRequired, bounds: boundsOf(schema), about: schema.description ?? "" };
}

function resolved(schema: Schema, { components }: ApiDocument): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name ? (components.schemas[name] ?? {}) : schema;
}

/** `string`, `"a" | "b"`, `Team[]`, `integer | null`. */
function typeOf(schema: Schema, document: ApiDocument): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, document)).join(" | ");
  if (schema.type === "array") return `${typeOf(schema.items ?? {}, document)}[]`;
  if (schema.type === "object" && typeof schema.additionalProperties === "object")
    return `{ [name]: ${typeOf(schema.additionalProperties, document)} }`;
  return schema.format ?? schema.type ?? "any";
}

function boundsOf({ minLength, maxLength, minimum, maximum, pattern }: Schema): string {
  const [low, high] = [minLength ?? minimum, maxLength ?? maximum];
  const range = low === undefined && high === undefined ? "" : `${low ?? ""} … ${high ?? ""}`.trim();
  return [range, pattern ?? ""].filter(Boolean).join(", ");
}

function example(body: readonly Value[]): string {
  const needed = body.filter(({ isRequired }) => isRequired);
  const shown = needed.length > 0 ? needed : body.slice(0, 1);
  return JSON.stringify(Object.fromEntries(shown.map(({ name, type }) => [name, placeholder(type)])));
}

function placeholder(type: string): unknown {
  if (type.startsWith('"')) return JSON.parse(type.split(" | ")[0] ?? '""') as string;
  if (type.includes("[]")) return [];
  if (type.startsWith("{")) return {};
  return { string: "…", integer: 1, number: 0.5, boolean: true, "date-time": "2030-01-01T00:00:00Z" }[type] ?? "…";
}
