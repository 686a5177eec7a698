import { afterAll, vi } from "vitest";

// What jsdom lacks and elements ask for when they are shown. Nothing has a size there, so none changes.
class Sizes implements ResizeObserver {
  observe = (): void => undefined;
  unobserve = (): void => undefined;
  disconnect = (): void => undefined;
}

globalThis.ResizeObserver = Sizes;

// The process goes on with another page when this file's has gone, and no element of this one draws then, whatever it waits for.
const elements: CustomElementConstructor[] = [];
const define = customElements.define.bind(customElements);
customElements.define = (name, element, options) => {
  elements.push(element);
  define(name, element, options);
};
afterAll(() => {
  document.body.replaceChildren();
  for (const { prototype } of elements) Object.assign(prototype as object, { performUpdate: () => undefined });
});

// What one waits for comes in time on a machine that does much else, too: by themselves these wait a second.
const PATIENCE_MS = 30_000;
const { waitFor, waitUntil } = vi;
Object.assign(vi, {
  waitFor: (done: () => unknown) => waitFor(done, PATIENCE_MS),
  waitUntil: (isSo: () => unknown) => waitUntil(isSo, PATIENCE_MS),
});
