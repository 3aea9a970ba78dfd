// A customer chooses when and where the parcel comes, in a checkout that has no key.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {checkout, created, parcel, read, refusal, shop} from './shop.mjs';

const ADDRESS = {cc: 'NL', postal_code: '3584CS', number: 8, platform: 'myparcel'};

function isTimestamp(value) {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.0{6}$/.test(value.date) && value.timezone_type === 3;
}

describe('checkout', () => {
  test('days with their moments and the options of each', async () => {
    const days = await checkout.getDeliveryOptions({
      parameters: {...ADDRESS, carrier: 'postnl', package_type: 'package', include: 'shipment_options'},
    });
    assert.ok(days.length > 1);
    for (const day of days) {
      assert.ok(isTimestamp(day.date), JSON.stringify(day.date));
      for (const each of day.possibilities) {
        assert.equal(each.package_type, 'package');
        assert.deepEqual(each.delivery_time_frames.map((frame) => frame.type), ['start', 'end']);
        assert.ok(each.delivery_time_frames.every((frame) => isTimestamp(frame.date_time)));
        const signature = each.shipment_options.find((option) => option.name === 'signature');
        assert.equal(signature.schema.type, 'boolean');
        assert.ok(signature.schema.enum.length >= 1);
      }
    }
    const types = new Set(days.flatMap((day) => day.possibilities.map((each) => each.type)));
    assert.ok(types.has('standard') && types.has('evening'));
  });

  for (const carrier of ['postnl', 'dhlforyou', 'dpd', 1, 9]) {
    test(`days of carrier ${carrier}`, async () => {
      assert.ok((await checkout.getDeliveryOptions({parameters: {...ADDRESS, carrier}})).length);
    });
  }

  test('as the widget asks, with everything that it has', async () => {
    const days = await checkout.getDeliveryOptions({
      parameters: {
        ...ADDRESS,
        carrier: 'postnl',
        city: 'Utrecht',
        street: 'Kruytgebouw',
        cutoff_time: '15:30',
        deliverydays_window: 7,
        dropoff_days: '1;2;3;4;5',
        dropoff_delay: 1,
        exclude_parcel_lockers: false,
        monday_delivery: false,
        same_day_delivery: false,
        package_type: 'package',
      },
    });
    assert.ok(days.length);
  });

  test('a street stands for a number', async () => {
    const {number: _, ...address} = ADDRESS;
    const parameters = {...address, street: 'Kruytgebouw%208', carrier: 'postnl'};
    assert.ok((await checkout.getDeliveryOptions({parameters})).length);
  });

  test('points to collect at, and a shipment to one of them', async () => {
    const [point] = await checkout.getPickupLocations({parameters: {...ADDRESS, carrier: 'postnl'}});
    assert.ok(point.location.location_code && point.location.location_name);
    assert.ok(Array.isArray(point.location.opening_hours.monday));
    assert.equal(point.possibilities[0].delivery_type_name, 'pickup');
    assert.ok(isTimestamp(point.possibilities[0].moment.start));
    const id = await created(
      parcel(
        {delivery_type: 4, signature: 1},
        {
          pickup: {
            cc: point.address.cc,
            postal_code: point.address.postal_code,
            street: point.address.street,
            number: point.address.number,
            city: point.address.city,
            location_name: point.location.location_name,
            location_code: point.location.location_code,
            retail_network_id: point.location.retail_network_id,
          },
        },
      ),
    );
    const {pickup} = await read(id);
    assert.equal(pickup.location_code, point.location.location_code);
  });

  test('places where a shop hands in its parcels', async () => {
    const points = await shop.getDropOffPoints({parameters: {postal_code: '2132JE', carrier_id: 1}});
    assert.ok(points.length && points.every((each) => each.location_code && each.location_name));
  });

  test('without an address every missing part is named', async () => {
    const {data} = await refusal(checkout.getPickupLocations({parameters: {carrier: 'postnl'}}));
    assert.deepEqual(data.errors.map((each) => each.code), [3212, 3212, 3212]);
  });
});
