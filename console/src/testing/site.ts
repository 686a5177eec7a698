/** The site's API in tests of elements. To be imported before what calls it. */
import { vi } from "vitest";

type Answer = object | ((request: Request) => Promise<object>);

/** What it answers, by `METHOD path`; 404 to all else. */
export const answers: Record<string, Answer> = {};
/** What it was asked, in order. */
export const asked: string[] = [];

vi.stubGlobal("fetch", async (request: Request): Promise<Response> => {
  const what = `${request.method} ${new URL(request.url).pathname.replace("/api", "")}`;
  asked.push(what);
  const found = answers[what];
  if (!found) return Response.json({ title: what, detail: what }, { status: 404 });
  const answer = typeof found === "function" ? await (found as (request: Request) => Promise<object>)(request) : found;
  return answer instanceof Response ? answer : Response.json(answer);
});

/** Lets everything come that is on its way. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}

// What jsdom lacks of a browser, and elements ask for as they are read.
Object.assign(Element.prototype, { checkVisibility: () => true });
vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined }));
