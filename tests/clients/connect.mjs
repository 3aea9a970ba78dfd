// A shop connects: whose key it is, which shops and carriers there are, what they can do.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {CARRIER_IDS_TO_NAMES} from '@myparcel/constants';
import {checkout, listed, refusal, shop, shopWith} from './shop.mjs';

describe('connecting', () => {
  test('the account of the key, with its shops', async () => {
    const [account] = listed(await shop.getAccounts(), 'accounts');
    assert.equal(account.id, 501);
    assert.equal(account.platform_id, 1);
    assert.ok(account.shops.some((each) => each.id === 77));
    const [same] = listed(await shop.getAccount({path: {id: account.id}}), 'accounts');
    assert.equal(same.id, account.id);
  });

  test('a shop by its id, and all shops', async () => {
    const [one] = listed(await shop.getShop({path: {id: 77}}), 'shops');
    assert.equal(one.id, 77);
    assert.equal(one.account_id, 501);
    assert.ok(one.name && one.general_settings && one.return);
    assert.ok(listed(await shop.getShops(), 'shops').some((each) => each.id === 77));
  });

  test('whoever the key is', async () => {
    assert.ok(await shop.whoami());
  });

  test('a key that is not one is denied', async () => {
    const {data} = await refusal(shopWith('nobody').getAccounts());
    assert.match(data.message, /^Access Denied/);
    assert.equal(data.errors[0].code, 3000);
  });

  test('the carriers, without a key', async () => {
    const carriers = await checkout.getCarriers();
    const postnl = carriers.find((each) => each.id === 1);
    assert.deepEqual([postnl.name, postnl.human], ['postnl', 'PostNL']);
    assert.ok(postnl.meta.logo_svg && postnl.meta.logo_png);
  });

  for (const [id, name] of Object.entries(CARRIER_IDS_TO_NAMES)) {
    test(`carrier ${id} is ${name}, by either`, async () => {
      for (const carrier of [id, name]) {
        const [one] = await checkout.getCarrier({path: {carrier}});
        assert.deepEqual([one.id, one.name], [Number(id), name]);
      }
    });
  }

  test('what can be sent to an address', async () => {
    const {results} = await shop.postCapabilities({
      body: {recipient: {countryCode: 'NL'}, shopId: 77},
    });
    assert.ok(results.some((each) => each.carrier === 'POSTNL'));
    for (const member of [
      ...['packageTypes', 'deliveryTypes', 'transactionTypes'],
      ...['options', 'physicalProperties', 'collo'],
    ]) {
      assert.ok(results.every((each) => each[member]), member);
    }
  });

  test('the street of a postal code', async () => {
    const [place] = listed(
      await shop.getLocations({parameters: {cc: 'NL', postal_code: '1012AB', number: '1'}}),
      'locations',
    );
    assert.deepEqual(Object.keys(place).sort(), ['city', 'street']);
  });

  test('the contracts of the account', async () => {
    const contracts = listed(
      await shop.getCarrierOptions({path: {account_id: 501}, parameters: {type: 'main'}}),
      'carrier_options',
    );
    assert.ok(contracts.some((each) => each.carrier_id === 1 && each.carrier.name === 'postnl'));
  });

  test('groups of printers', async () => {
    const {results} = await shop.getPrinterGroups();
    assert.ok(results.every((each) => each.id && each.name));
  });
});

describe('what only MyParcel itself has is told to be missing', () => {
  const missing = {
    getAccountMessages: {},
    deleteAccountMessage: {path: {id: 1}},
    getApiKeys: {},
    postApiKeys: {body: [{account_id: 501, shop_id: 77}]},
    putAccount: {body: [{id: 501}]},
    putShop: {body: [{id: 77}]},
    postShop: {body: [{account_id: 501, name: 'Tweede winkel'}]},
    postShopDuplicate: {body: [{account_id: 501, name: 'Tweede winkel'}]},
    getSubscriptions: {},
    getSubscriptionsCapabilities: {},
    postSubscriptions: {body: [{account_id: 501, billing_shop_id: 77, product_id: 4610}]},
    patchSubscriptions: {body: [{id: 1}]},
    deleteSubscription: {path: {id: 1}},
    getSystemCountryCodes: {},
    getSystemMessages: {},
    postCarrierOptions: {path: {account_id: 501}, body: [{carrier_id: 1}]},
    putCarrierOptions: {path: {account_id: 501}, body: [{carrier_id: 1, enabled: 1}]},
    deleteCarrierOption: {path: {account_id: 501, contract_id: 1}},
  };
  for (const [name, options] of Object.entries(missing)) {
    test(name, async () => {
      const {data} = await refusal(shop[name](options));
      assert.ok([404, 405].includes(data.errors[0].status), JSON.stringify(data));
    });
  }
});
