// Microsoft's own client walks the emulator's main paths and prints what it saw as JSON.
// Told by the environment: GRAPH_ENDPOINT (http://127.0.0.1:port), GRAPH_TOKEN, GRAPH_PEOPLE (ids, by commas).
import graph from "@microsoft/microsoft-graph-client";

const { Client, PageIterator, BatchRequestContent, BatchResponseContent, RetryHandler, RetryHandlerOptions } = graph;
const endpoint = new URL(process.env.GRAPH_ENDPOINT);
const people = process.env.GRAPH_PEOPLE.split(",");

class Token {
  setNext(next) { this.next = next; }
  execute(context) {
    context.options.headers = { ...context.options.headers, Authorization: `Bearer ${process.env.GRAPH_TOKEN}` };
    return this.next.execute(context);
  }
}

// The client knows https addresses only: this is the proxy in front of the server that speaks it.
class Transport {
  async execute(context) {
    const address = (typeof context.request === "string" ? context.request : context.request.url).replace("https://", "http://");
    const headers = { ...context.options.headers, "X-Forwarded-Proto": "https" };
    context.response = await fetch(address, { ...context.options, headers });
  }
}

const [token, retry, transport] = [new Token(), new RetryHandler(new RetryHandlerOptions(0, 0)), new Transport()];
token.setNext(retry);
retry.setNext(transport);
const client = Client.initWithMiddleware({ middleware: token, baseUrl: `https://${endpoint.host}/`, defaultVersion: "v1.0" });

const bind = (ids) => ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`);
const saw = {};

const made = await client.api("/groups").post({
  displayName: "Second client", mailNickname: "second-client", mailEnabled: false, securityEnabled: true, groupTypes: [], "owners@odata.bind": bind([people[0]]),
});
saw.created = { displayName: made.displayName, visibility: made.visibility };

const names = [];
const first = await client.api("/groups").select("id,displayName").top(10).get();
await new PageIterator(client, first, (group) => { names.push(group.displayName); return true; }).iterate();
saw.groups = names;

await client.api(`/groups/${made.id}`).patch({ "members@odata.bind": bind(people.slice(0, 20)) });
const members = [];
const page = await client.api(`/groups/${made.id}/members`).select("id").top(7).get();
await new PageIterator(client, page, (member) => { members.push(member.id); return true; }).iterate();
saw.members = members;

try {
  await client.api(`/groups/${made.id}/members/$ref`).post({ "@odata.id": bind([people[0]])[0] });
} catch (error) {
  saw.duplicate = { status: error.statusCode, code: error.code, message: error.message, requestId: error.requestId !== null };
}

const request = (id, method, path) => ({ id, request: new Request(`https://${endpoint.host}${path}`, { method }) });
const batch = new BatchRequestContent([
  request("1", "DELETE", `/groups/${made.id}/members/${people[1]}/$ref`),
  request("2", "DELETE", `/groups/${made.id}/members/${people[2]}/$ref`),
  request("3", "GET", `/groups/${made.id}/members/${people[30]}`),
]);
const responses = new BatchResponseContent(await client.api("/$batch").post(await batch.getContent()));
saw.batch = Object.fromEntries(["1", "2", "3"].map((id) => [id, responses.getResponseById(id).status]));

const found = await client.api("/groups").header("ConsistencyLevel", "eventual").search('"displayName:second cli"').count(true).select("displayName").get();
saw.search = { count: found["@odata.count"], names: found.value.map((group) => group.displayName) };
saw.count = await client.api("/users/$count").header("ConsistencyLevel", "eventual").get();

const round = async (start) => {
  const told = [];
  for (let link = start; ;) {
    const answer = await client.api(link).get();
    told.push(...answer.value);
    if (answer["@odata.deltaLink"]) {
      return { told, link: answer["@odata.deltaLink"] };
    }
    link = answer["@odata.nextLink"];
  }
};
const whole = await round("/groups/delta?$select=displayName,members");
await client.api(`/groups/${made.id}/members/${people[3]}/$ref`).delete();
await client.api(`/groups/${made.id}`).update({ displayName: "Second client, renamed" });
const changed = await round(whole.link);
saw.delta = {
  first: new Set(whole.told.map((group) => group.id)).size,
  then: changed.told.map((group) => ({ displayName: group.displayName, removed: group["members@delta"].filter((member) => member["@removed"]).map((member) => member.id) })),
};

await client.api(`/groups/${made.id}`).delete();
saw.gone = await client.api(`/groups/${made.id}`).get().then(() => 200, (error) => error.statusCode);
await client.api(`/directory/deletedItems/${made.id}/restore`).post({});
saw.restored = (await client.api(`/groups/${made.id}`).select("displayName").get()).displayName;
console.log(JSON.stringify(saw));
