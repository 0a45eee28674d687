// Everything that can be done with a file, done with the types that were meant.
import * as shop from "./shop.js";

const number: Promise<boolean | null> = shop.tillState({ number: 1 });
const orders: Array<shop.Order> = (await shop.orders({ tags: ["a", "b"] })).entries;
const ready: shop.Gift | null = await shop.ready({ id: 7 }, { signal: AbortSignal.timeout(1000) });
const nothing: void = await shop.import_({ rows: 3 });
for await (const { at, price } of shop.prices({ item: "tea" })) console.log(at + price);
await shop.haggle({ offer: 2.5 }, { onMessage: ({ data }) => console.log(data.price.toFixed(2)) });
const whispered: unknown = await shop.whisperIt({ secret: "anything" });
const uploaded: string = await shop.upload(new FormData());
for await (const { data } of shop.subscribeStock({ town: "Ulm", item: 7 })) {
  if (data === "SoldOut") break;
  console.log(data.Left.toFixed());
}
shop.subscribePicture((frame) => (document.images[0]!.src = frame)).close();
const links: string[] = [shop.fileUrl({ path: "a/b" }), shop.stockChannel({ town: "Ulm", item: 7 })];
console.log(number, orders, ready, nothing, whispered, uploaded, links);

// @ts-expect-error: it is a number
shop.readyUrl({ id: {} });
// @ts-expect-error: it is not optional
shop.prices();
// @ts-expect-error: there is no such placeholder
shop.ordersUrl({ size: 3 });
// @ts-expect-error: a channel of another item
shop.subscribeStock({ town: "Ulm" });
