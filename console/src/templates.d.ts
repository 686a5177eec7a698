/** What `templates.ts` makes of the folder examples/. */
declare module "virtual:templates" {
  export const templates: readonly {
    name: string;
    title: string;
    description: string;
    /** The files of its bundle by path, in base64. */
    load: () => Promise<{ files: Readonly<Record<string, string>> }>;
  }[];
}
