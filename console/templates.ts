import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const LIST = "virtual:templates";
const ONE = "virtual:template/";
const EXAMPLES = new URL("../examples/", import.meta.url).pathname;
const LINE = /^\| \[(\w+)\]\(\w+\) \|/gm;
const LITTER = /(?:^|\/)(?:__pycache__|\.DS_Store)(?:\/|$)|\.pyc$/;

/** The modules `virtual:templates`, the competitions that one can begin with, and of each one its files, had when it is chosen. */
export function templates(): Plugin {
  return {
    name: "agon-templates",
    resolveId: (id) => (id === LIST || id.startsWith(ONE) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${LIST}`) return `export const templates = [${names().map(described).join(",\n")}];`;
      if (id.startsWith(`\0${ONE}`)) return `export const files = ${JSON.stringify(filesOf(id.slice(ONE.length + 1)))};`;
      return undefined;
    },
  };
}

/** In the order of the README, from the simplest on. */
function names(): string[] {
  return [...readFileSync(`${EXAMPLES}README.md`, "utf-8").matchAll(LINE)].map((match) => match[1] ?? "");
}

/** A template has its bundle in a folder, beside its README and a sample, or is one. Some are what another platform has. */
function folderOf(name: string): string {
  const folder = `${EXAMPLES}${name}/`;
  const inside = ["bundle", "challenge", "competition", "kit"].find((one) => existsSync(folder + one));
  return inside ? `${folder}${inside}/` : folder;
}

function described(name: string): string {
  const folder = folderOf(name);
  const file = ["competition.yaml", "challenge_config.yaml", "agon.yaml"].find((one) => existsSync(folder + one)) ?? "";
  const manifest = readFileSync(folder + file, "utf-8");
  const said = (key: string): string => new RegExp(`^${key}: *(.+)$`, "m").exec(manifest)?.[1] ?? "";
  const facts = { name, title: said("title"), description: said("short_description") || said("description") };
  return `{ ...${JSON.stringify(facts)}, load: () => import("${ONE}${name}") }`;
}

/** Base64 by path: some are no text. */
function filesOf(name: string): Record<string, string> {
  const folder = folderOf(name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("//", "/").slice(folder.length))
    .filter((path) => !LITTER.test(path));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(folder + path).toString("base64")]));
}
