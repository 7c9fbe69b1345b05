// The demo's own page: who is there, the clock, and one frame for each conversation that was opened.

const token = document.querySelector("meta[name=plumbline-token]").content;
const $ = (selector, root = document) => root.querySelector(selector);
const status = $("#status");
const frames = new Map();
const seen = new Map();
let state = null;
let busy = false;

async function ask(path, body) {
  const headers = { "X-Plumbline-Token": token };
  const post = { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, body === undefined ? { headers, cache: "no-store" } : post);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.problem);
  return value;
}

function say(text, problem = false) {
  status.textContent = text;
  status.toggleAttribute("data-problem", problem);
}

async function change(path, body, during, after = "") {
  if (busy) return false;
  busy = true;
  say(during);
  document.querySelectorAll("button").forEach((button) => { button.disabled = true; });
  try {
    show(await ask(path, body));
    say(after);
    return true;
  } catch (problem) {
    say(problem.message, true);
    return false;
  } finally {
    busy = false;
    document.querySelectorAll("button").forEach((button) => { button.disabled = false; });
    fillMenu();
  }
}

// ---- where we are: the address after # is /member/place

function place() {
  const [, name, where] = location.hash.split("/");
  return state?.pages[name]?.[where] ? { name, where } : null;
}

function face(element, member, index) {
  element.textContent = [...member.shown][0];
  element.style.setProperty("--hue", String((index * 57 + 205) % 360));
}

function setCurrent(link, current) {
  if (current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
}

function go() {
  const here = place();
  document.body.dataset.view = here ? "pane" : "people";
  $("#welcome").hidden = Boolean(here);
  $("#frames").hidden = !here;
  $("#bar").hidden = !here;
  for (const [key, frame] of frames) frame.hidden = !here || key !== `${here.name}/${here.where}`;
  if (!here) return;
  const index = state.members.findIndex((member) => member.name === here.name);
  const member = state.members[index];
  const key = `${here.name}/${here.where}`;
  if (!frames.has(key)) frames.set(key, openFrame(member, here));
  $("#bar-name").textContent = member.shown;
  face($("#bar-face"), member, index);
  drawBar(member, here);
  document.title = `${member.shown}, Plumbline, the demo`;
}

function drawBar(member, here) {
  const nav = $("#bar-places");
  if (nav.dataset.member !== member.name) {
    nav.replaceChildren(...Object.keys(member.latest).map((where) => placeLink(member, where)));
    nav.dataset.member = member.name;
  }
  for (const link of nav.children) setCurrent(link, link.dataset.place === here.where);
}

function placeLink(member, where) {
  const link = $("#place").content.cloneNode(true).firstElementChild;
  link.dataset.place = where;
  link.href = `#/${member.name}/${where}`;
  $("span", link).textContent = placeName(where);
  return link;
}

function placeName(where) {
  return $("#place").dataset[where];
}

function openFrame(member, here) {
  const frame = document.createElement("iframe");
  frame.title = `${member.shown}: ${placeName(here.where)}`;
  frame.src = state.pages[here.name][here.where];
  $("#frames").append(frame);
  return frame;
}

// ---- what is shown beside it

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

function show(next) {
  const first = state === null;
  state = next;
  const now = new Date(state.now);
  $("#time").textContent = hour.format(now);
  $("#time").dateTime = state.now;
  $("#date").textContent = `${weekday.format(now)}, UTC`;
  if (first) drawPeople();
  go();
  markNew(first);
  fillMenu();
}

function drawPeople() {
  for (const [index, member] of state.members.entries()) {
    const row = $("#person").content.cloneNode(true).firstElementChild;
    row.dataset.name = member.name;
    face($(".face", row), member, index);
    $(".name", row).textContent = member.shown;
    $("small", row).textContent = member.note;
    $(".ways", row).append(...Object.keys(member.latest).map((where) => placeLink(member, where)));
    $("#people").append(row);
    for (const select of document.querySelectorAll("select[name=member]")) select.add(new Option(member.shown, member.name));
  }
}

function markNew(first) {
  const here = place();
  for (const member of state.members) {
    const row = $(`.person[data-name="${member.name}"]`);
    row.toggleAttribute("data-open", here?.name === member.name);
    const links = [...row.querySelectorAll("a")];
    if (here?.name === member.name) links.push(...$("#bar-places").children);
    for (const link of links) {
      const where = link.dataset.place;
      const key = `${member.name}/${where}`;
      const current = here?.name === member.name && here.where === where;
      setCurrent(link, current);
      // What waits in somebody's DMs when the page opens is news to whoever plays them.
      if (first && where !== "dms" && !seen.has(key)) seen.set(key, member.latest[where]);
      if (current) seen.set(key, member.latest[where]);
      const fresh = (seen.get(key) ?? "") !== member.latest[where];
      $(".dot", link).hidden = !fresh;
      const said = [placeName(where), member.shown, ...(fresh ? [$("#person").dataset.new] : [])];
      link.setAttribute("aria-label", said.join(", "));
    }
  }
}

function refill(select, options) {
  const wanted = JSON.stringify(options);
  if (select.dataset.filled === wanted) return;
  const before = select.value;
  select.replaceChildren(...options.map(([text, value]) => new Option(text, value)));
  if (options.some(([, value]) => value === before)) select.value = before;
  select.dataset.filled = wanted;
}

function fillMenu() {
  const form = $("#menu").elements;
  refill(form.command, state.menus.map((menu) => [menu.name, menu.name]));
  const kind = state.menus.find((menu) => menu.name === form.command.value)?.kind;
  const names = Object.fromEntries(state.members.map((member) => [member.name, member.shown]));
  const people = state.members.filter((member) => member.name !== form.member.value).map((member) => [member.shown, member.name]);
  const posts = state.messages.map((post) => [`${names[post.by] ?? "?"}: ${post.text}`, post.id]).reverse();
  refill(form.target, kind === "message" ? posts : people);
  const none = form.target.options.length === 0;
  $("[data-when=no-target]").hidden = !none;
  $("button", $("#menu")).disabled = busy || none;
  form.target.disabled = none;
}

// ---- what can be pressed

for (const button of document.querySelectorAll("[data-span]")) {
  button.addEventListener("click", () => change("/skip", { span: button.dataset.span }, status.dataset.passing));
}
$("#restart").addEventListener("submit", (event) => {
  event.preventDefault();
  change("/restart", {}, status.dataset.restarting, status.dataset.restarted);
});
$("#say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target.elements;
  if (await change("/say", { member: form.member.value, text: form.text.value }, status.dataset.working, status.dataset.done)) form.text.value = "";
});
$("#menu").addEventListener("change", fillMenu);
$("#menu").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target.elements;
  const asked = { member: form.member.value, command: form.command.value, target: form.target.value };
  location.hash = `#/${asked.member}/general`;
  await change("/menu", asked, status.dataset.working);
});
$("#skip").addEventListener("click", () => ($("#frames iframe:not([hidden])") ?? $("#pane")).focus());
window.addEventListener("keydown", (event) => {
  // On a phone-sized window a conversation hides the list of people: Escape leads back to it.
  if (event.key === "Escape" && place() && !$("#people").checkVisibility()) location.hash = "#";
});
window.addEventListener("hashchange", () => {
  if (!state) return;
  go();
  markNew(false);
  // On a phone the list is gone now, and the link that was pressed with it.
  if ($("#people").checkVisibility() === false) $("#pane").focus();
});

async function follow() {
  try {
    if (!busy) {
      const next = await ask("/state");
      if (!busy) show(next);
    }
    if (status.textContent === status.dataset.gone) say("");
    setTimeout(follow, 1000);
  } catch {
    say(status.dataset.gone, true);
    setTimeout(follow, 3000);
  }
}
follow();
