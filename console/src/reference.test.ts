import { expect, test } from "vitest";
import { byTag, curl, operationsOf, python, type ApiDocument } from "./reference";

const DOCUMENT: ApiDocument = {
  info: { title: "Agon", version: "1.0.0" },
  paths: {
    "/v1/queues/{queue}": {
      patch: {
        operationId: "queues_change",
        summary: "Change a queue.",
        tags: ["queues"],
        security: [{ account: [] }],
        parameters: [{ name: "queue", in: "path", required: true, schema: { type: "string", pattern: "^[a-z]+$" } }],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/ChangeQueueBody" } } } },
        responses: { "200": { description: "Done." }, "404": { description: "Not found" } },
      },
    },
    "/v1/competitions": {
      get: { operationId: "competitions_list", summary: "List them.", tags: ["competitions"], security: [{}, { account: [] }], responses: {} },
    },
  },
  components: {
    schemas: {
      ChangeQueueBody: {
        properties: { name: { type: "string", maxLength: 40 }, sealed: { anyOf: [{ type: "boolean" }, { type: "null" }] } },
        required: ["name"],
      },
    },
  },
}; // prettier-ignore
const [changing, listing] = operationsOf(DOCUMENT);

test("an operation tells its parameters and what is sent, with types and bounds", () => {
  expect(changing?.parameters).toMatchObject([{ name: "queue", where: "path", bounds: "^[a-z]+$", isRequired: true }]);
  expect(changing?.body.map(({ name, type, isRequired, bounds }) => [name, type, isRequired, bounds])).toEqual([
    ["name", "string", true, "… 40"],
    ["sealed", "boolean | null", false, ""],
  ]);
  expect([changing?.isOpen, listing?.isOpen]).toEqual([false, true]);
});

test("every word that is looked for has to be there, in whatever order", () => {
  const found = (query: string) => [...byTag(operationsOf(DOCUMENT), query).keys()];
  expect([found(""), found("Queue change"), found("queue list")]).toEqual([["queues", "competitions"], ["queues"], []]);
});

test("samples say who calls, and what is needed alone", () => {
  if (!changing || !listing) throw new Error("The document has two.");
  expect(curl(changing, "https://agon.test")).toBe(
    [
      "curl -X PATCH 'https://agon.test/api/v1/queues/{queue}'",
      `  -H "Authorization: Bearer $AGON_TOKEN"`,
      "  -H 'Content-Type: application/json'",
      `  -d '{"name":"…"}'`,
    ].join(" \\\n"),
  );
  expect(curl(listing, "https://agon.test")).toBe("curl -X GET 'https://agon.test/api/v1/competitions'");
  expect(python(changing, "https://agon.test")).toContain(
    `answer = agon.http.call("PATCH", "/queues/{queue}", {"name":"…"}, queue=queue)`,
  );
  expect(python(listing, "https://agon.test")).not.toContain("use_token");
});
