/** The list of calls: when it is read, and what is shown of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, button, focused, page, rows, settled, show } from "./in_chromium.js";

test("calls are read once, and again when one was told of", async () => {
  await show();
  const ask = {
    type: "call_service",
    domain: "sip_account",
    service: "get_calls",
    service_data: { config_entry_id: "entry-alice", limit: 200 },
    return_response: true,
  };
  assert.deepEqual(await asked(), [ask]);
  await page.evaluate(() => window.home.set("sensor.balance", "11"));
  await settled();
  assert.equal((await asked()).length, 1);
  await page.evaluate(() => window.home.set("event.call", "now"));
  await settled();
  assert.deepEqual(await asked(), [ask, ask]);
});

test("a lost server is told of, and the list stays", async () => {
  await show();
  const before = await rows().count();
  await page.evaluate(() => {
    window.home.refusal = new Error("gone");
    window.home.lose();
  });
  await settled();
  assert.equal(await rows().count(), before);
  await page.getByText(/This is what the server told at/).waitFor();
  await page.getByText("The server does not answer", { exact: true }).waitFor();
  await page.evaluate(() => {
    window.home.refusal = undefined;
    window.home.find();
  });
  await settled();
  assert.equal(await page.getByText(/does not answer/).count(), 0);
});

test("calls that could never be read leave the rest of the card alone", async () => {
  await page.evaluate(() => {
    window.home.refusal = new Error("gone");
  });
  await show();
  await page.getByText("The calls cannot be read at the moment.").waitFor();
  await page.getByText("€12.3456").waitFor();
});

test("the missed are filtered, more are shown, and the focus goes along", async () => {
  await show({ calls: 2 });
  assert.equal(await rows().count(), 2);
  await button("Show more").press("Enter");
  await settled();
  assert.equal(await rows().count(), 12);
  assert.ok(await focused("li:nth-of-type(3)"));
  await button("Missed").press(" ");
  await settled();
  assert.equal(await rows().count(), 2);
  await button("Show more").click();
  await settled();
  assert.equal(await rows().count(), 3);
  assert.equal(await button("Show more").count(), 0);
  assert.deepEqual(await rows().locator(".who").allInnerTexts(), [
    "New:\nThe museum",
    "New:\nBob Example",
    "+442079460123",
  ]);
});

test("an account without calls says so", async () => {
  await page.evaluate(() => {
    window.home.calls = [];
  });
  await show();
  await page.getByText("No calls yet.").waitFor();
  await button("Missed").click();
  await page.getByText("No missed calls.").waitFor();
});

test("missed calls are marked as seen with the keyboard", async () => {
  await show();
  await button("Mark as seen").press("Enter");
  await page.evaluate(() => window.home.set("sensor.missed_calls", "0", { calls: [] }));
  await settled();
  const press = (await asked()).find(({ service }) => service === "press");
  assert.equal(press.domain, "button");
  assert.match(press.target.entity_id, /^button\./);
  assert.equal(await page.getByText("missed calls").count(), 0);
  assert.ok(await focused("h2"));
});

test("nothing is asked while the connection is lost", async () => {
  await show();
  const before = (await asked()).length;
  await page.evaluate(() => {
    window.home.change({ connected: false });
    window.home.set("event.call", new Date().toISOString());
  });
  await settled();
  assert.equal((await asked()).length, before);
  await page.evaluate(() => {
    window.home.change({ connected: true });
  });
  await settled();
  assert.equal((await asked()).length, before + 1);
});
