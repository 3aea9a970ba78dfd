// The shop's side of InPost: what is tested.

const BUSY = new Set([429, 502, 503]);

export class InPost {
  constructor({ url, headers }) {
    this.url = `${url}/v1`;
    this.headers = { ...headers, "Content-Type": "application/json" };
  }

  async call(method, path, body, attempts = 3) {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: this.headers,
      body: body && JSON.stringify(body),
    });
    if (BUSY.has(answer.status) && attempts > 1) return this.call(method, path, body, attempts - 1);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer;
  }

  async ship({ reference, email, phone, locker }) {
    const { items } = await (await this.call("GET", "/organizations")).json();
    const made = await this.call("POST", `/organizations/${items[0].id}/shipments`, {
      service: "inpost_locker_standard",
      reference,
      receiver: { email, phone },
      parcels: { template: "small" },
      custom_attributes: { target_point: locker, sending_method: "parcel_locker" },
    });
    return (await made.json()).id;
  }

  async label(id) {
    return Buffer.from(await (await this.call("GET", `/shipments/${id}/label`)).arrayBuffer());
  }
}
