import assert from "node:assert/strict";
import { test } from "node:test";

import { callBackLink } from "../src/links.js";

test("a number is called before an address, or after it", () => {
  const call = { number: "+31208005161", party: "bob@example.com" };
  assert.equal(callBackLink(call, "number"), "tel:+31208005161");
  assert.equal(callBackLink(call, "address"), "sip:bob@example.com");
  assert.equal(callBackLink(call, "none"), undefined);
});

test("the other one is called where one is missing", () => {
  assert.equal(
    callBackLink({ number: null, party: "bob@example.com" }, "number"),
    "sip:bob@example.com",
  );
  assert.equal(callBackLink({ number: "112", party: null }, "address"), "tel:112");
  assert.equal(callBackLink({}, "number"), undefined);
});

for (const number of [
  "*21*+31208005161#",
  "+31 20 8005161",
  "1",
  "+",
  "12345678901234567",
  "112\n",
  "112;ext=9",
  "javascript:alert(1)",
  "٣١٢٠٨٠٠٥",
]) {
  test(`not a number: ${JSON.stringify(number)}`, () => {
    assert.equal(callBackLink({ number }, "number"), undefined);
  });
}

for (const party of [
  "anonymous@example.com",
  "Anonymous@anonymous.invalid",
  "bob@example.invalid",
  "unknown@example.com",
  "bob@localhost",
  "bob",
  "@example.com",
  "bob@@example.com",
  "bob@example.com?header=x",
  "bob@example.com;transport=tcp",
  "bob smith@example.com",
  "bob%40evil@example.com",
  '"bob"@example.com',
  "bob@exa\u202Emple.com",
  "bob@example.com\n",
  "bob@-example.com",
  "//evil@example.com",
  "javascript:alert(1)@example.com",
]) {
  test(`not an address: ${JSON.stringify(party)}`, () => {
    assert.equal(callBackLink({ party }, "address"), undefined);
  });
}

test("nobody is called back where the integration knows of nobody", () => {
  const told = { number: "+31208005161", party: "bob@example.com" };
  assert.equal(callBackLink({ ...told, call_back: null }, "number"), undefined);
  assert.equal(
    callBackLink({ ...told, call_back: "tel:+31208005161" }, "number"),
    "tel:+31208005161",
  );
});
