import { afterAll } from "vitest";

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
