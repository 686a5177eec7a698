import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import { configs as lit } from "eslint-plugin-lit";
import { configs as wc } from "eslint-plugin-wc";
import { configs as ts } from "typescript-eslint";

const DOOR = "Ask by api/client.ts: the API's document says what there is.";

export default defineConfig(
  globalIgnores(["dist", "src/api/schema.d.ts"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [ts.strictTypeChecked, ts.stylisticTypeChecked, lit["flat/recommended"], wc["flat/best-practice"]],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // An empty string is no name: `||` is what is meant.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // What every element extends is Lit's, which has the callbacks.
      "wc/guard-super-call": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "XMLHttpRequest", "EventSource", "WebSocket"].map((name) => ({ name, message: DOOR })),
      ],
    },
  },
);
