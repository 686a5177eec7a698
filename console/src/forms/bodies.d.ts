/** What `bodies.ts` makes of the OpenAPI document: schemas are those of kinds.ts. */
declare module "virtual:bodies" {
  export const operations: Record<string, { method: string; body: string } | undefined>;
  export const schemas: Record<string, object | undefined>;
}
