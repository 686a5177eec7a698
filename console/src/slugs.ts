/** Competitions go by their slugs in addresses: one that names another way is put right once the slug is known. */
import type { Competition } from "./api/shapes";
import { go, linkTo, type Place } from "./router";

/** Puts the address of a page right that shows this competition, or something of it. What is said behind the path stays. */
export function callBySlug({ page, params }: Place, { slug }: Pick<Competition, "slug">): void {
  if (!page || !slug || params.competition === undefined || params.competition === slug) return;
  go(linkTo(page, { ...params, competition: slug }) + location.search + location.hash, "replace");
}
