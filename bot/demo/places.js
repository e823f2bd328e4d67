// A list of places beside the demo's messages, and the menu of a message (press the right button).
const capability = location.hash.slice(1);

async function call(path, deed, body) {
  const headers = { "X-Simcord-Capability": capability };
  if (deed) Object.assign(headers, { "X-Footnote-Deed": deed, "Content-Type": "application/json" });
  const options = { method: deed ? "POST" : "GET", cache: "no-store", headers };
  if (body) options.body = JSON.stringify(body);
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

const style = new CSSStyleSheet();
style.replaceSync(`
  .places { list-style: none; margin: 0; padding: 8px 0; border-bottom: 1px solid #3b3d43; }
  .places button, .apps button {
    display: block; width: 100%; padding: 6px 8px; border: 0; border-radius: 6px;
    background: none; color: inherit; font: inherit; text-align: left; cursor: pointer;
  }
  .places button:hover, .places button[aria-current="true"] { background: #404249; }
  .places .thread button { padding-left: 28px; }
  .apps {
    position: fixed; z-index: 99; min-width: 190px; padding: 6px; border: 1px solid #2b2d31;
    border-radius: 6px; background: #111214; color: #dbdee1;
  }
  .apps button:hover, .apps button:focus { background: #5865f2; color: #fff; }
  .apps small { display: block; padding: 4px 8px; opacity: .7; }
  .apps-failed { color: #f0b232; }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

const MARKS = { channel: "# ", thread: "└ ", direct: "✉ " };
const list = make("ul", "places", "");
list.setAttribute("aria-label", "Places");
document.querySelector(".sidebar-heading").after(list);
let drawn = "";
let menus = [];

function draw(places) {
  if (JSON.stringify(places) === drawn) return;
  drawn = JSON.stringify(places);
  list.replaceChildren(...places.map((place) => {
    const item = make("li", place.kind, "");
    const button = make("button", "", MARKS[place.kind] + place.name);
    button.setAttribute("aria-current", String(place.here));
    button.addEventListener("click", async () => {
      await call("/api/action", "open", { place: place.id });
      await refresh();
    });
    item.append(button);
    return item;
  }));
}

async function refresh() {
  const answer = await call("/places.json");
  menus = answer.menus;
  draw(answer.places);
}

async function keepFresh() {
  try {
    await refresh();
  } catch (error) {
    list.replaceChildren(make("li", "apps-failed", `No places: ${error.message}`));
    drawn = "";
  }
  setTimeout(keepFresh, 1000);
}

function closeMenu() {
  document.querySelector(".apps")?.remove();
}

function openMenu(message, x, y) {
  closeMenu();
  const box = make("div", "apps", "");
  box.setAttribute("role", "menu");
  box.append(make("small", "", menus.length ? "Apps" : "No apps for messages here"));
  for (const name of menus) {
    const button = make("button", "", name);
    button.setAttribute("role", "menuitem");
    button.addEventListener("click", async () => {
      closeMenu();
      try {
        await call("/api/action", "menu", { name, message });
      } catch (error) {
        list.append(make("li", "apps-failed", `${name}: ${error.message}`));
      }
    });
    box.append(button);
  }
  document.body.append(box);
  const left = Math.min(x, innerWidth - box.offsetWidth - 8);
  const top = Math.min(y, innerHeight - box.offsetHeight - 8);
  box.style.left = `${Math.max(0, left)}px`;
  box.style.top = `${Math.max(0, top)}px`;
  box.querySelector("button")?.focus();
}

document.addEventListener("contextmenu", (event) => {
  const message = event.target.closest("[data-message-id]");
  if (!message) return;
  event.preventDefault();
  openMenu(message.dataset.messageId, event.clientX, event.clientY);
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".apps")) closeMenu();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenu();
});
keepFresh();
