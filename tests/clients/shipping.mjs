// The life of shipments: made, changed, printed, on their way, told to the shop, taken back.

import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {describe, test} from 'node:test';
import {
  RECIPIENT,
  control,
  created,
  listed,
  parcel,
  read,
  refusal,
  shop,
} from './shop.mjs';

const GERMAN = {
  cc: 'DE',
  postal_code: '10115',
  city: 'Berlin',
  street: 'Invalidenstrasse 44',
  person: 'Lena Vogel',
  email: 'lena@example.test',
  phone: '030123456',
};
const SWISS = {...GERMAN, cc: 'CH', postal_code: '8001', city: 'Zurich', street: 'Bahnhofstrasse 3'};
const BRITISH = {...GERMAN, cc: 'GB', postal_code: 'SW1A 1AA', city: 'London', street: 'Mall 1'};
const CUSTOMS = {
  contents: 1,
  invoice: 'INV-77',
  weight: 900,
  items: [
    {
      description: 'Wool scarf',
      amount: 2,
      weight: 900,
      item_value: {amount: 2500, currency: 'EUR'},
      classification: '62142000',
      country: 'NL',
    },
  ],
};
const WEIGHT = {weight: 950};

/** What shops send: a name, and the shipment. */
const MADE = {
  'a parcel': parcel(),
  'a parcel with every option': parcel({
    delivery_type: 2,
    only_recipient: 1,
    signature: 1,
    return: 1,
    large_format: 1,
    insurance: {amount: 50000, currency: 'EUR'},
    label_description: 'Order 7781',
  }),
  'a parcel for adults': parcel({age_check: 1, only_recipient: 1, signature: 1}),
  'a mailbox package': parcel({package_type: 2}),
  'a letter': parcel({package_type: 3}),
  'a digital stamp': parcel({package_type: 4}, {physical_properties: {weight: 50}}),
  'a small package': parcel({package_type: 6}, {recipient: GERMAN}),
  'a parcel with the fields of the shop': parcel(
    {delivery_type: 2},
    {
      account_id: 501,
      shop_id: 77,
      hidden: 0,
      delivered: 0,
      reference_identifier: 'order-7781',
      physical_properties: {weight: 1200, length: 30, width: 20, height: 10},
      general_settings: {
        save_recipient_address: 0,
        disable_auto_detect_pickup: 1,
        delivery_notification: 1,
      },
    },
  ),
  'to Germany': parcel({}, {recipient: GERMAN}),
  'to Switzerland, with an HS code of eight digits': parcel(
    {},
    {recipient: SWISS, customs_declaration: CUSTOMS, physical_properties: WEIGHT},
  ),
  'to Great Britain, which has customs': parcel(
    {},
    {recipient: BRITISH, customs_declaration: CUSTOMS, physical_properties: WEIGHT},
  ),
  'by DHL For You': parcel({delivery_type: 2}, {carrier: 9}),
  'by DPD': parcel({}, {carrier: 4}),
  'by DHL Parcel Connect to Germany': parcel({}, {carrier: 10, recipient: GERMAN}),
  'by DHL Europlus, which signs': parcel({signature: 1}, {carrier: 11, recipient: GERMAN}),
  'by UPS Standard': parcel({}, {carrier: 12}),
};

/** What is refused: a name, the shipment, and the code of one of the findings. */
const REFUSED = {
  'to a point that is not named': [parcel({delivery_type: 4, signature: 1}), 3722],
  'to Switzerland without customs': [parcel({}, {recipient: SWISS}), 3702],
  'a postal code of another country': [
    parcel({}, {recipient: {...RECIPIENT, postal_code: '10115'}}),
    3505,
  ],
};

describe('shipments are made', () => {
  for (const [name, shipment] of Object.entries(MADE)) {
    test(name, async () => {
      const shown = await read(await created(shipment));
      assert.equal(shown.carrier_id, shipment.carrier);
      assert.equal(shown.options.package_type, shipment.options.package_type);
      assert.equal(shown.status, 1);
      for (const [option, value] of Object.entries(shipment.options)) {
        assert.deepEqual(shown.options[option], value, option);
      }
    });
  }

  test('with references, and found by them', async () => {
    const body = ['a-1', 'a-2'].map((each) => parcel({}, {reference_identifier: each}));
    const made = await shop.postShipments({body});
    assert.deepEqual(made.map((each) => each.reference_identifier), ['a-1', 'a-2']);
    const found = await shop.getShipments({parameters: {reference_identifier: 'a-2'}});
    assert.deepEqual(found.shipments.map((each) => each.id), [made[1].id]);
  });

  test('two colli under one main shipment', async () => {
    const body = [
      parcel({}, {reference_identifier: 'm-1', secondary_shipments: [{reference_identifier: 'm-2'}]}),
    ];
    const made = await shop.postShipments({body});
    const main = await read(made[0].id);
    assert.equal(main.shipment_type, 3);
    assert.deepEqual(
      main.secondary_shipments.map((each) => each.reference_identifier),
      ['m-2'],
    );
  });

  test('answered whole when version 1.2 is asked for', async () => {
    const [whole] = listed(await shop.postWholeShipments({body: [parcel()]}), 'shipments');
    assert.ok(whole.id && whole.recipient.person === RECIPIENT.person);
    for (const member of [
      ...['account_id', 'shop_id', 'created_by', 'modified_by', 'transaction_status', 'hidden'],
      ...['payment_status', 'drop_off_point', 'external_identifier', 'platform_id', 'user_agent'],
      ...['secondary_shipments', 'collection_contact', 'contract_id', 'delayed', 'delivered'],
      ...['link_consumer_portal', 'partner_tracktraces', 'pickup_request_number', 'region'],
    ]) {
      assert.ok(member in whole, member);
    }
  });

  for (const [name, [shipment, code]] of Object.entries(REFUSED)) {
    test(`not ${name}`, async () => {
      const {data} = await refusal(shop.postShipments({body: [shipment]}));
      assert.equal(data.status_code, 422, JSON.stringify(data));
      const findings = Object.assign({}, ...data.errors);
      assert.ok(code in findings, JSON.stringify(data));
      for (const {fields, human} of Object.values(findings)) {
        assert.ok(fields.length && human.length);
      }
    });
  }

  test('not a street that is too long, which the schema refuses', async () => {
    const recipient = {...RECIPIENT, street: 'x'.repeat(41)};
    const {data} = await refusal(shop.postShipments({body: [parcel({}, {recipient})]}));
    assert.match(data.message, /^Failed validation against JSON-SCHEMA/);
    assert.match(data.errors[0].human[0], /Must be at most 40 characters long/);
  });
});

describe('shipments are listed', () => {
  test('in pages', async () => {
    await created(parcel());
    const page = await shop.getShipments({parameters: {page: 1, size: 30}});
    assert.ok(page.shipments.length && page.results >= page.shipments.length);
    assert.equal(page.page, 1);
  });

  test('by carrier, package type, shop and whether they are hidden', async () => {
    const id = await created(parcel({package_type: 2}));
    const parameters = {carrier_id: 1, package_type: 2, shop_id: 77, hidden: 0, page: 1, size: 200};
    const {shipments} = await shop.getShipments({parameters});
    assert.ok(shipments.some((each) => each.id === id));
    assert.ok(shipments.every((each) => each.options.package_type === 2));
  });
});

describe('shipments change', () => {
  test('by PUT while they are concepts', async () => {
    const id = await created(parcel());
    await shop.putShipments({body: [{...parcel({label_description: 'Order 2'}), id}]});
    assert.equal((await read(id)).options.label_description, 'Order 2');
  });

  test('by PATCH, which answers without a body', async () => {
    const id = await created(parcel());
    assert.ok(!(await shop.patchShipments({body: [{id, hidden: 1}]})));
    assert.ok((await read(id)).hidden);
  });

  test('and are deleted while they are concepts', async () => {
    const id = await created(parcel());
    assert.ok(!(await shop.deleteShipments({path: {ids: id}})));
    const {shipments} = await shop.getShipments({parameters: {page: 1, size: 200}});
    assert.ok(shipments.every((each) => each.id !== id));
  });
});

describe('labels', () => {
  test('as a PDF', async () => {
    const label = await shop.getLabel({path: {ids: await created(parcel())}});
    assert.match(await label.text(), /^%PDF-1\./);
  });

  test('as a link that leads to the PDF', async () => {
    const {url} = await shop.getLabelLink({
      path: {ids: await created(parcel())},
      parameters: {format: 'A4', positions: '1;2'},
    });
    assert.ok(url);
    const base = process.env.BASE_URL;
    const label = await fetch(url.startsWith('/') ? base + url : url);
    assert.match(await label.text(), /^%PDF-1\./);
  });

  test('prepared for many', async () => {
    const body = Array.from({length: 30}, () => parcel());
    const ids = (await shop.postShipments({body})).map((each) => each.id).join(';');
    assert.ok((await shop.getPreparedLabels({path: {ids}})).url);
  });
});

describe('printers', () => {
  test('print a label at once, without a file', async () => {
    const [group] = (await shop.getPrinterGroups()).results;
    const Accept = `application/vnd.shipment_label+json+print;printer-group-id=${group.id}`;
    const [made] = await shop.postShipments({body: [parcel()], headers: {Accept}});
    await control('POST', '/clock/advance', {by: '2s'});
    const shown = await read(made.id);
    assert.equal(shown.status, 2);
    assert.ok(shown.barcode);
  });
});

describe('on its way', () => {
  test('a shop is told, and a customer can follow it', async (context) => {
    const told = [];
    const receiver = createServer((request, response) => {
      request.on('data', (part) => told.push(part)).on('end', () => {
        response.end();
        receiver.emit('told');
      });
    }).listen(0, '127.0.0.1');
    context.after(() => receiver.close());
    await once(receiver, 'listening');
    const url = `http://127.0.0.1:${receiver.address().port}/hook`;
    const [hook] = await shop.postWebhookSubscriptions({
      body: [{hook: 'shipment_status_change', url, account_id: 501, shop_id: 77}],
    });
    const [kept] = listed(
      await shop.getWebhookSubscriptions({parameters: {hook: 'shipment_status_change'}}),
      'webhook_subscriptions',
    ).filter((each) => each.id === hook.id);
    assert.deepEqual([kept.url, kept.account_id, kept.shop_id], [url, 501, 77]);

    const id = await created(parcel({}, {reference_identifier: 'told-1'}));
    const arrived = once(receiver, 'told', {signal: AbortSignal.timeout(10_000)});
    await shop.getLabel({path: {ids: id}});
    await arrived;
    const [event] = JSON.parse(Buffer.concat(told)).data.hooks;
    assert.deepEqual([event.shipment_id, event.status], [id, 2]);
    assert.equal(event.shipment_reference_identifier, 'told-1');
    assert.ok(!(await shop.deleteWebhookSubscriptions({path: {ids: hook.id}})));

    await control('POST', '/actions/myparcel.move', {shipment: id, to: 7});
    const [trace] = await shop.getTrackAndTrace({path: {shipment_id: id}});
    assert.equal(trace.shipment_id, id);
    assert.equal(trace.status.main, 'delivered');
    assert.ok(trace.history.length);
    assert.equal(typeof trace.link_tracktrace, 'string');
    assert.equal(trace.recipient.person, RECIPIENT.person);
  });

  test('and comes back', async () => {
    const parent = await created(parcel());
    await shop.getLabel({path: {ids: parent}});
    const [back] = await shop.postReturnShipments({
      body: [{parent, carrier: 1, email: RECIPIENT.email, name: RECIPIENT.person}],
    });
    assert.equal((await read(back.id)).parent_id, parent);
  });
});
