import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { world } from "../carriers.js";
import { InPost } from "../shop.js";

const ORDER = {
  reference: "ORD-1",
  email: "ewa@example.com",
  phone: "501502503",
  locker: "KRA010",
};

let carriers;

beforeEach(async () => {
  carriers = await world();
});

afterEach(() => carriers.remove());

test("an order is shipped", async () => {
  const shop = new InPost(carriers.carriers.inpost);
  const id = await shop.ship(ORDER);
  await carriers.advance({ until: "inpost.shipment_confirmed" });
  assert.equal((await shop.label(id)).subarray(0, 4).toString(), "%PDF");
  await carriers.verify({ operation: "inpost.create_shipment", count: 1 });
  const events = (await carriers.inbox()).map((each) => each.event);
  assert.ok(events.includes("shipment_confirmed"));
});

test("a busy carrier is asked again", async () => {
  await carriers.fail("inpost.create_shipment", { times: 2 });
  await new InPost(carriers.carriers.inpost).ship(ORDER);
  await carriers.verify({ operation: "inpost.create_shipment", count: 3 });
});

test("what never happened is told", async () => {
  await assert.rejects(
    carriers.verify({ operation: "inpost.create_shipment", count: 1 }),
    /was asked for 0 times, not 1/,
  );
});
