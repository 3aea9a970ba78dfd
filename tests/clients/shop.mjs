// A shop that speaks to the simulator through @myparcel/sdk as it comes from npm.
//
// BASE_URL is what a shop puts into the SDK, CONTROL is the workspace's control API, KEY the API key.

import * as sdk from '@myparcel/sdk';

export const {BASE_URL, CONTROL, KEY = 'sim-myparcel-postpaid'} = process.env;

/** An endpoint that the package has no class for, made as its documentation says: by extending. */
function endpoint(name, method, path, property, more = {}) {
  return new (class extends sdk.AbstractPrivateEndpoint {
    method = method;
    name = name;
    path = path;
    property = property;
    responseProperty = more.answers;
    getHeaders() {
      return {...super.getHeaders(), ...more.headers};
    }
  })();
}

const SHIPMENT = 'application/vnd.shipment+json;charset=utf-8;version=1.1';
const RETURN = 'application/vnd.return_shipment+json;charset=utf-8';
const JSON_TYPE = {'Content-Type': 'application/json'};
const WHOLE = 'application/json;charset=utf-8;version=1.2';

/** What of the package has no class: the shops that use it write these lines themselves. */
export const OWN = [
  endpoint('putShipments', 'PUT', 'shipments', 'shipments', {
    answers: 'ids',
    headers: {'Content-Type': SHIPMENT},
  }),
  endpoint('postWholeShipments', 'POST', 'shipments', 'shipments', {
    headers: {'Content-Type': SHIPMENT, Accept: WHOLE},
  }),
  endpoint('postReturnShipments', 'POST', 'shipments', 'return_shipments', {
    answers: 'ids',
    headers: {'Content-Type': RETURN},
  }),
  endpoint('patchShipments', 'PATCH', 'shipments', 'shipments', {headers: JSON_TYPE}),
  endpoint('deleteShipments', 'DELETE', 'shipments/:ids'),
  endpoint('getLabel', 'GET', 'shipment_labels/:ids', undefined, {
    headers: {Accept: 'application/pdf'},
  }),
  endpoint('getLabelLink', 'GET', 'shipment_labels/:ids', 'pdfs'),
  endpoint('getPreparedLabels', 'GET', 'v2/shipment_labels/:ids', 'pdf'),
  endpoint('getDropOffPoints', 'GET', 'drop_off_points', 'drop_off_points'),
  endpoint('whoami', 'GET', 'whoami'),
  endpoint('postCapabilities', 'POST', 'shipments/capabilities', undefined, {
    headers: {'Content-Type': 'application/json;version=2.0', Accept: 'application/json;version=2.0'},
  }),
  endpoint('getShops', 'GET', 'shops', 'shops'),
  endpoint('getOrders', 'GET', 'fulfilment/orders', 'orders'),
  endpoint('getOrder', 'GET', 'fulfilment/orders/:uuid', 'orders'),
  endpoint('postOrders', 'POST', 'fulfilment/orders', 'orders'),
  endpoint('getOrderNotes', 'GET', 'fulfilment/orders/:uuid/notes', 'order_notes'),
  endpoint('postOrderNotes', 'POST', 'fulfilment/orders/:uuid/notes', 'order_notes'),
  endpoint('getPrinterGroups', 'GET', 'printer-groups'),
];

/** Every class of a kind that the package exports, so that none is left out. */
function all(kind) {
  return Object.values(sdk)
    .filter((each) => typeof each === 'function' && each.prototype instanceof kind)
    .map((each) => new each());
}

export const PRIVATE = all(sdk.AbstractPrivateEndpoint);
export const PUBLIC = all(sdk.AbstractPublicEndpoint);

/** The SDK with all of its endpoints and those above, under one key. */
export function shopWith(key) {
  const client = new sdk.FetchClient({
    baseUrl: BASE_URL,
    headers: {Authorization: `bearer ${Buffer.from(key).toString('base64')}`},
  });
  // The second version of the capabilities has no `data` around its body.
  client.interceptors.request.use((options) =>
    options.headers['Content-Type'] === 'application/json;version=2.0'
      ? {...options, body: options.body.data}
      : options,
  );
  return sdk.createPrivateSdk(client, [...PRIVATE, ...PUBLIC, ...OWN]);
}

/** The names of all endpoints that were called. */
export const called = new Set();

function watched(client) {
  return new Proxy(client, {
    get(target, name) {
      called.add(name);
      return target[name];
    },
  });
}

export const shop = watched(shopWith(KEY));

/** What the checkout has: no key. */
export const checkout = watched(
  sdk.createPublicSdk(
    new sdk.FetchClient({
      baseUrl: BASE_URL,
      headers: {'X-User-Agent': 'MyParcelDeliveryOptions/6.21.1'},
    }),
    PUBLIC,
  ),
);

/** The list in an answer, which the SDK hands over with or without the pages around it. */
export function listed(answer, name) {
  return Array.isArray(answer) ? answer : answer[name];
}

/** The ApiException that a call ends with. */
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    if (error instanceof sdk.ApiException) return error;
    throw error;
  }
  throw new Error('this call was expected to be refused');
}

/** Ask the control API for something, such as an action. */
export async function control(method, path, body) {
  const answer = await fetch(CONTROL + path, {
    method,
    headers: {'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

export const RECIPIENT = {
  cc: 'NL',
  postal_code: '3584CS',
  city: 'Utrecht',
  street: 'Kruytgebouw',
  number: '8',
  person: 'Noor Visser',
  email: 'noor@example.test',
  phone: '0301234567',
};

/** A parcel of PostNL within the Netherlands. */
export function parcel(options = {}, rest = {}) {
  return {
    carrier: 1,
    recipient: RECIPIENT,
    options: {package_type: 1, ...options},
    ...rest,
  };
}

/** The id of one new shipment. */
export async function created(shipment) {
  const [made] = await shop.postShipments({body: [shipment]});
  return made.id;
}

/** One shipment as the shop reads it. */
export async function read(id) {
  const [shown] = listed(await shop.getShipment({path: {id}}), 'shipments');
  return shown;
}
