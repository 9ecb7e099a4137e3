import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { transform } from "esbuild";

import { CHROMIUM, SAFARI, TARGETS } from "../targets.js";

const here = (path) => new URL(path, import.meta.url);
const built = () =>
  readFile(
    here("../../custom_components/sip_account/frontend/sip-account-card.js"),
    "utf8",
  );

/** What no bundler translates, with the first Chromium and Safari that know it. */
const FEATURES = [
  // Style sheets
  [/color-mix\(/, 111, 16.2],
  [/:has\(/, 105, 15.4],
  [/@container/, 105, 16],
  [/inset-inline-start:/, 87, 14.1],
  [/[;{]rotate:/, 104, 14.1],
  [/:focus-visible/, 86, 15.4],
  [/fit-content/, 46, 11],
  [/light-dark\(/, 123, 17.5],
  [/text-wrap/, 114, 17.4],
  [/@starting-style/, 117, 17.5],
  [/@scope\b/, 118, 17.4],
  [/:dir\(/, 120, 16.4],
  [/:state\(/, 125, 17.4],
  [/:user-(in)?valid/, 119, 16.5],
  [/subgrid/, 117, 16],
  [/scrollbar-(width|color):/, 121, 18.2],
  [/field-sizing:/, 123, 26.2],
  [/content-visibility:/, 85, 18],
  [/anchor-name|position-anchor|position-area/, 125, 26],
  [/interpolate-size|calc-size\(/, 129, Infinity],
  [/animation-timeline/, 115, 26],
  [/@position-try|@view-transition/, 125, 18.2],
  [/animation-composition/, 112, 16],
  [/[^-]linear\(/, 113, 17.2],
  [/\b(round|mod|rem)\(up|\bround\(nearest/, 125, 15.4],
  [/oklch\(from|rgb\(from|hsl\(from/, 119, 16.4],
  // Scripts
  [/\.at\(-1\)/, 92, 15.4],
  [/Object\.hasOwn/, 93, 15.4],
  [/\.replaceAll\(/, 85, 13.1],
  [/Intl\.PluralRules/, 63, 13],
  [/Intl\.DisplayNames/, 81, 14.1],
  [/new ResizeObserver/, 64, 13.1],
  [/\.(toSorted|toReversed|toSpliced|with)\(/, 110, 16],
  [/\.findLast(Index)?\(/, 97, 15.4],
  [/(Object|Map)\.groupBy/, 117, 17.4],
  [/Promise\.(withResolvers|try)/, 119, 17.4],
  [/Array\.fromAsync/, 121, 16.4],
  [/\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, 122, 17],
  [/new Set\([^)]*\)\.(union|intersection|difference)\(/, 122, 17],
  [
    /\.(values|keys|entries)\(\)\.(map|filter|some|find|take|drop|toArray)\(/,
    122,
    18.4,
  ],
  [/Iterator\.from/, 122, 18.4],
  [/Intl\.DurationFormat/, 129, 16.4],
  [/\.(isWellFormed|toWellFormed)\(/, 111, 16.4],
  [/URL\.(canParse|parse)/, 120, 17],
  [/AbortSignal\.any/, 116, 17.4],
  [/\.showPopover|popovertarget/i, 114, 17],
  [/startViewTransition/, 111, 18],
  [/\.moveBefore\(/, 133, Infinity],
  [/setHTMLUnsafe|getHTML\(/, 124, 17.4],
  [/\.requestIdleCallback\(/, 47, Infinity],
  [/RegExp\.escape/, 136, 18.2],
  [/Temporal\./, 144, Infinity],
];

test("the oldest browsers need no translation of what was built", async () => {
  const code = await built();
  const forAll = await transform(code, { target: TARGETS, legalComments: "inline" });
  const forNew = await transform(code, { target: "esnext", legalComments: "inline" });
  assert.equal(forAll.code, forNew.code);
});

test("nor of the style sheets in it", async () => {
  const sheets = (await readdir(here("../src"))).filter((name) =>
    name.endsWith(".css"),
  );
  assert.ok(sheets.length > 2);
  const code = await built();
  for (const name of sheets) {
    const sheet = await readFile(here(`../src/${name}`), "utf8");
    const options = { loader: "css", minify: true };
    const forAll = await transform(sheet, { ...options, target: TARGETS });
    const written = forAll.code.trim().replaceAll("\\", "\\\\");
    assert.ok(code.includes(written), `${name} is in it`);
  }
});

test("nothing is used that the oldest browsers do not know", async () => {
  const code = await built();
  const used = FEATURES.filter(([pattern]) => pattern.test(code));
  const tooNew = used.filter(
    ([, chromium, safari]) => chromium > CHROMIUM || safari > SAFARI,
  );
  assert.deepEqual(
    tooNew.map(([pattern]) => pattern.source),
    [],
  );
  assert.ok(used.length >= 10, "the patterns find what is used");
});
