// A page's script, as somebody writes it who was shown the handlers.
import { order } from "./shop.js";

const { item, quantity } = await order({ order: { item: "tea", quantity: 2, gift: null } });
console.log(`${quantity} of ${item}`);
