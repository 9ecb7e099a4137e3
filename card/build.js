/**
 * Builds the card: `node build.js FILE`.
 *
 * The same source makes the same bytes, whoever builds it and where.
 */

import { readFile } from "node:fs/promises";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

import { build, transform } from "esbuild";

import { TARGETS } from "./targets.js";

const here = new URL("./", import.meta.url);
const manifest = new URL("../custom_components/sip_account/manifest.json", here);
const { documentation } = JSON.parse(await readFile(manifest, "utf8"));

/** A style sheet is imported as its text: the card puts it where nothing else sees it. */
const styleSheets = {
  name: "style sheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const sheet = await readFile(path, "utf8");
      const { code } = await transform(sheet, {
        loader: "css",
        minify: true,
        target: TARGETS,
      });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  absWorkingDir: fileURLToPath(here),
  entryPoints: ["src/index.js"],
  outfile: argv[2],
  bundle: true,
  minify: true,
  format: "esm",
  target: TARGETS,
  charset: "utf8",
  legalComments: "eof",
  plugins: [styleSheets],
  define: { DOCUMENTATION: JSON.stringify(`${documentation}/blob/main/docs/card.md`) },
});
