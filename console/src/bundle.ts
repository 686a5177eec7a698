/** A bundle in the browser, before it is sent: its manifest as text, the names beside it, and its zip. */
import type { Chosen } from "./views/submit/dropped";
import { textIn, withText } from "./zip/changing";
import { members } from "./zip/reading";
import { zip, type Entry } from "./zip/writing";

const MANIFEST = /^(?:[^/]+\/)?competition\.ya?ml$/;
const TITLE = /^title: *(.*)$/m;
const DATE = /^( *(?:- )?(?:start|end)(?:_date)?: *)(\d{4}-\d{2}-\d{2})(?= *(?:\d{2}:\d{2}:\d{2} *)?(?:#.*)?$)/gm;
/** What says title and dates of another platform's competition, which is read where it is sent. */
const OF_OTHERS = ["challenge_config.yaml", "agon.yaml"];
const DAY_MS = 86_400_000;
/** Templates end in a far year, so that they can be used as they are. A competition of one's own rather takes a quarter. */
const [LONG, QUARTER] = [366 * DAY_MS, 90 * DAY_MS];

export interface Bundle {
  name: string;
  /** Null where it cannot be read here: the site checks what is sent. */
  manifest: string | null;
  manifestPath: string;
  /** The files beside the manifest, by their paths from its folder. */
  names: readonly string[];
  source: { zip: Blob } | { entries: readonly Entry[] };
}

/** What somebody chose, as a bundle. */
export async function bundleOf({ name, zip: chosen, entries }: Chosen): Promise<Bundle> {
  const paths = chosen ? ((await members(chosen)) ?? []).map(({ path }) => path) : entries.map(({ path }) => path);
  const manifestPath = paths.filter((path) => MANIFEST.test(path)).sort((a, b) => a.length - b.length)[0] ?? "";
  const folder = manifestPath.slice(0, manifestPath.lastIndexOf("/") + 1);
  const names = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
  const file = entries.find(({ path }) => path === manifestPath)?.file;
  const manifest = manifestPath === "" ? null : chosen ? await textIn(chosen, manifestPath) : ((await file?.text()) ?? null);
  return { name, manifest, manifestPath, names, source: chosen ? { zip: chosen } : { entries } };
}

/** A bundle of a template's files, which are in base64 by path, called and dated anew. */
export function ofTemplate(name: string, files: Readonly<Record<string, string>>, title: string, today: Date): Bundle {
  const bytes = (path: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(files[path] ?? ""), (letter) => letter.charCodeAt(0));
  const anew = (path: string): string => dated(called(new TextDecoder().decode(bytes(path)), title), today);
  const names = Object.keys(files);
  const manifestPath = names.includes("competition.yaml") ? "competition.yaml" : "";
  const other = manifestPath ? "" : OF_OTHERS.find((path) => names.includes(path));
  const entries = names.map((path) => ({ path, file: new Blob([path === other ? anew(path) : bytes(path)]) }));
  return { name, manifest: manifestPath ? anew(manifestPath) : null, manifestPath, names, source: { entries } };
}

/** The zip of a bundle, with its manifest as it is now. Throws the signal's reason. */
export async function zipOf(bundle: Bundle, told: (done: number) => void, signal: AbortSignal): Promise<File> {
  const { source, manifest, manifestPath, name } = bundle;
  const made =
    "zip" in source
      ? await mended(source.zip, manifestPath, manifest)
      : await zip(withManifest(source.entries, bundle), told, signal);
  return new File([made], `${name.replace(/\.zip$/i, "")}.zip`, { type: "application/zip" });
}

async function mended(whole: Blob, path: string, manifest: string | null): Promise<Blob> {
  if (manifest === null || (await textIn(whole, path)) === manifest) return whole;
  return withText(whole, path, manifest);
}

function withManifest(entries: readonly Entry[], { manifest, manifestPath }: Bundle): Entry[] {
  return entries.map((one) =>
    one.path === manifestPath && manifest !== null ? { ...one, file: new Blob([manifest]) } : one,
  );
}

/** A manifest with another title; all else, comments too, stays as it is. */
export function called(manifest: string, title: string): string {
  // JSON's strings are YAML's, too.
  return manifest.replace(TITLE, () => `title: ${JSON.stringify(title)}`);
}

export function titleIn(manifest: string): string {
  return TITLE.exec(manifest)?.[1] ?? "";
}

/** A manifest that starts today. Its dates keep their order, and their distances unless these are above a year. */
export function dated(manifest: string, today: Date): string {
  const written = [...new Set([...manifest.matchAll(DATE)].map((match) => match[2] ?? ""))].sort();
  const moved = new Map<string, string>();
  let at = Date.parse(today.toISOString().slice(0, 10));
  written.forEach((day, index) => {
    const gap = index === 0 ? 0 : Date.parse(day) - Date.parse(written[index - 1] ?? day);
    at += gap > LONG ? QUARTER : gap;
    moved.set(day, new Date(at).toISOString().slice(0, 10));
  });
  return manifest.replace(DATE, (_, key: string, day: string) => key + (moved.get(day) ?? day));
}
