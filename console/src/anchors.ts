/** Places of a stranger's page that its links lead to. Their names have a beginning of their own: none is the console's. */

const OURS = "page-";

/** Gives headings names as GitHub makes them of their words, and has the page's own links lead to what is named. */
export function anchor(page: Element): void {
  const taken = new Set<string>();
  const take = (one: Element, name: string): void => {
    if (!name) return;
    let free = name;
    for (let number = 1; taken.has(free); number++) free = `${name}-${number}`;
    taken.add(free);
    one.id = OURS + free;
  };
  for (const one of page.querySelectorAll("[id], [name]")) {
    const name = one.id || (one.tagName === "A" ? (one.getAttribute("name") ?? "") : "");
    one.removeAttribute("id");
    one.removeAttribute("name");
    take(one, name);
  }
  for (const one of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) if (!one.id) take(one, slug(one.textContent));
  for (const link of page.querySelectorAll("a[href^='#']")) {
    const name = decoded(link.getAttribute("href")?.slice(1) ?? "");
    if (name) link.setAttribute("href", `#${OURS}${name}`);
  }
}

/** True for what an address ends with that names a place of a page. */
export function isAnchor(hash: string): boolean {
  return hash.startsWith(`#${OURS}`);
}

/** Leads to what the end of an address names, where that is on a page here: the reader, and the keyboard. */
export function toAnchor(hash: string): void {
  const name = decoded(hash.slice(1));
  const found = [name, OURS + name].map((id) => document.getElementById(id)).find((one) => one?.closest(".prose"));
  if (!name || !found) return;
  found.tabIndex = -1;
  found.scrollIntoView();
  found.focus({ preventScroll: true });
}

function slug(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
