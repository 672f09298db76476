// Files: each has its own line, progress and second try. Photos are made small before they travel;
// drawing them anew also leaves out where and with what they were taken. What cannot be drawn (HEIC in some browsers) goes as it is.
import { csrf, each, fill, newId } from "./dom.js";

const WANTED = 300 * 1024;
const LONGEST = 1920;

const blobOf = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
function drawable(file) {
  if (window.createImageBitmap) return createImageBitmap(file, { imageOrientation: "from-image" });
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = URL.createObjectURL(file);
  });
}

/** A photo of about 300 KB without its place, or the file itself when it is none or cannot be drawn. */
export async function shrunk(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) && !/\.(heic|heif)$/i.test(file.name)) return file;
  try {
    const picture = await drawable(file);
    let scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    let blob = null;
    for (let turn = 0; turn < 3; turn += 1) {
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      for (const quality of [0.82, 0.7, 0.58]) {
        blob = await blobOf(canvas, quality);
        if (blob && blob.size <= WANTED) break;
      }
      if (!blob || blob.size <= WANTED * 1.3) break;
      scale *= 0.75;
    }
    if (!blob) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch (error) {
    return file;
  }
}

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

each("[data-files]", (field) => {
  const words = field.dataset;
  const list = field.querySelector("[data-files-list]");
  const inputs = Array.from(field.querySelectorAll("input[type=file]"));
  const accept = inputs[inputs.length - 1].accept;
  let queue = Promise.resolve(); // one file travels at a time: a telephone's line is narrow
  const waiting = []; // without an upload address the files go with the form

  function line(file) {
    const item = document.createElement("li");
    item.className = "files__item";
    const thumb = document.createElement("span");
    thumb.className = "files__thumb";
    if (/^image\//.test(file.type)) {
      const image = document.createElement("img");
      image.alt = "";
      image.src = URL.createObjectURL(file);
      image.onload = () => URL.revokeObjectURL(image.src);
      image.onerror = () => image.remove();
      thumb.append(image);
    }
    const name = document.createElement("span");
    name.className = "files__name";
    name.textContent = file.name;
    const status = document.createElement("span");
    status.className = "files__status";
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.hidden = true;
    bar.setAttribute("aria-label", file.name);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--small btn--plain";
    button.textContent = words.wordsRemove;
    item.append(thumb, name, status, bar, button);
    list.append(item);
    return { item, status, bar, button };
  }

  function place(files) {
    const bag = new DataTransfer();
    files.forEach((file) => bag.items.add(file));
    const last = inputs[inputs.length - 1];
    inputs.forEach((input) => { if (input !== last) input.value = ""; });
    last.files = bag.files;
  }

  /** Sends one file; settles when it has arrived, failed or been taken out. A failed one waits for its own second try. */
  const send = (file, row, id) => new Promise((settle) => {
    const say = (text, bad = false) => {
      row.status.textContent = text;
      row.status.classList.toggle("is-bad", bad);
    };
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file, file.name);
    body.append("client_id", id); // a second try of the same file is the same file
    request.open("POST", words.uploadUrl);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const p = Math.round((event.loaded / event.total) * 100);
      row.bar.hidden = false;
      row.bar.value = p;
      say(fill(words.wordsSending, { p }));
    };
    const failed = (text) => {
      row.bar.hidden = true;
      say(text || words.wordsFailed, true);
      row.button.textContent = words.wordsRetry;
      row.button.onclick = () => send(file, row, id);
      settle();
    };
    request.onerror = () => failed();
    request.ontimeout = () => failed();
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { /* the words below will do */ }
      if (request.status < 200 || request.status > 299 || !answer.id) {
        failed(request.status >= 400 && request.status < 500 ? answer.why || words.wordsRefused : "");
        return;
      }
      row.bar.hidden = true;
      say(`${size(file.size)} · ${words.wordsSent}`);
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = `${words.name}_id`;
      hidden.value = answer.id;
      row.item.append(hidden);
      if (words.wordsFaces && /\.(jpe?g|png|webp)$/i.test(answer.name || "")) faces(row, answer.id);
      row.button.textContent = words.wordsRemove;
      row.button.onclick = () => row.item.remove();
      field.dispatchEvent(new Event("change", { bubbles: true }));
      settle();
    };
    row.button.onclick = () => { request.abort(); row.item.remove(); settle(); };
    request.send(body);
  });

  /** A photo that shows people in hardship: marked here, it goes into nothing that is made of photos. */
  function faces(row, id) {
    const label = document.createElement("label");
    label.className = "check files__faces";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = `${words.name}_faces`;
    box.value = id;
    const text = document.createElement("span");
    text.textContent = words.wordsFaces;
    label.append(box, text);
    row.item.append(label);
  }

  async function one(original, row) {
    if (!document.contains(row.item)) return; // taken out meanwhile
    let file = original;
    if ("shrink" in words) {
      row.status.textContent = words.wordsShrinking;
      file = await shrunk(original);
    }
    if (!document.contains(row.item)) return;
    if (words.uploadUrl) {
      await send(file, row, newId());
      return;
    }
    waiting.push(file);
    place(waiting);
    row.status.textContent = `${size(file.size)} · ${words.wordsReady}`;
    row.button.onclick = () => {
      waiting.splice(waiting.indexOf(file), 1);
      place(waiting);
      row.item.remove();
    };
  }

  let pending = 0;
  function take(files) {
    files.forEach((file) => {
      const row = line(file);
      row.status.textContent = words.wordsWaiting;
      row.button.onclick = () => row.item.remove();
      pending += 1;
      queue = queue.then(() => one(file, row)).finally(() => { pending -= 1; });
    });
    if (words.uploadUrl) inputs.forEach((input) => { input.value = ""; });
  }

  // The form waits for what is on its way, and does not leave behind what failed: that is tried again or taken out.
  const form = field.closest("form");
  if (form && words.uploadUrl) form.addEventListener("submit", (event) => {
    const bad = list.querySelector(".files__status.is-bad");
    if (!pending && !bad) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pending) queue.then(() => (event.submitter || form.querySelector("[type=submit]")).click());
    else bad.closest(".files__item").querySelector("button").focus();
  }, { capture: true });

  inputs.forEach((input) => input.addEventListener("change", () => input.files.length && take(Array.from(input.files))));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-files-remove]");
    if (button) button.closest(".files__item").remove();
  });
  ["dragover", "dragleave", "drop"].forEach((name) => field.addEventListener(name, (event) => {
    event.preventDefault();
    field.classList.toggle("is-over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) take(Array.from(event.dataTransfer.files));
  }));
  field.addEventListener("files:paste", (event) => take(event.detail.filter((file) => !accept || accept.includes("image") || !/^image/.test(file.type))));
});
