// The whole life of @myparcel/sdk, in the order in which a shop comes to it.

import './connect.mjs';
import './checkout.mjs';
import './shipping.mjs';
import './orders.mjs';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {OWN, PRIVATE, PUBLIC, called} from './shop.mjs';

test('no endpoint of the package was left out', () => {
  const all = [...PRIVATE, ...PUBLIC, ...OWN].map((each) => each.name);
  assert.deepEqual(all.filter((name) => !called.has(name)), []);
});
