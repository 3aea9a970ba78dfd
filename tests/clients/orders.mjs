// A shop in order mode: it hands over orders, and notes to them.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {RECIPIENT, listed, shop} from './shop.mjs';

const ORDER = {
  external_identifier: 'order-9001',
  fulfilment_partner_identifier: null,
  order_date: '2026-03-02 09:00:00',
  invoice_address: RECIPIENT,
  order_lines: [
    {
      quantity: 2,
      price: 1652,
      price_after_vat: 1999,
      product: {
        external_identifier: 'scarf',
        name: 'Wool scarf',
        sku: 'SC-1',
        weight: 450,
        width: 10,
        length: 20,
        height: 5,
      },
    },
  ],
  shipment: {carrier: 1, recipient: RECIPIENT, options: {package_type: 1, delivery_type: 2}},
};

describe('orders', () => {
  test('are handed over, listed and read, with their notes', async () => {
    const [made] = listed(await shop.postOrders({body: [ORDER]}), 'orders');
    assert.equal(made.external_identifier, 'order-9001');
    assert.ok(made.uuid && made.shop_id === 77);
    assert.ok(listed(await shop.getOrders(), 'orders').some((each) => each.uuid === made.uuid));
    const [one] = listed(await shop.getOrder({path: {uuid: made.uuid}}), 'orders');
    assert.equal(one.order_lines[0].quantity, 2);
    const path = {uuid: made.uuid};
    await shop.postOrderNotes({path, body: [{author: 'customer', note: 'Ring twice'}]});
    const [note] = listed(await shop.getOrderNotes({path}), 'order_notes');
    assert.deepEqual([note.author, note.note], ['customer', 'Ring twice']);
  });
});
