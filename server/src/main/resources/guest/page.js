// What the pages do better with a script; all of it works without: files are sent at once and go on where they broke off,
// a signature can be drawn, and a file that was opened says so. Nothing leaves but to the page's own address.
'use strict';
(() => {
  const TRIES_MAX = 6;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  function send(method, path, headers, body, onProgress) {
    return new Promise((answer, failed) => {
      const request = new XMLHttpRequest();
      request.open(method, path);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
      request.onload = () => answer(request);
      request.onerror = failed;
      request.send(body);
    });
  }

  // One file by tus 1.0.0; answers with its id. What is refused is thrown as a text for the reader.
  async function upload(box, input, file, onProgress) {
    const headers = { 'Tus-Resumable': '1.0.0', 'Baton-Language': box.dataset.lang };
    const begun = await send('POST', box.dataset.path, {
      ...headers,
      'Upload-Length': file.size,
      'Upload-Metadata': `filename ${base64(file.name)},field ${base64(input.name.slice(2))}`,
    });
    if (begun.status !== 201) throw begun.responseText || box.dataset.failed;
    const path = begun.getResponseHeader('Location');
    let at = 0;
    for (let tries = 0; at < file.size; ) {
      try {
        const from = at;
        const part = await send('PATCH', path,
          { ...headers, 'Upload-Offset': from, 'Content-Type': 'application/offset+octet-stream' },
          file.slice(from), (loaded) => onProgress((from + loaded) / file.size));
        if (part.status === 422) throw part.responseText;
        if (part.status === 204) {
          at = Number(part.getResponseHeader('Upload-Offset'));
          continue;
        }
      } catch (problem) {
        if (typeof problem === 'string') throw problem;
      }
      if (++tries >= TRIES_MAX) throw box.dataset.failed;
      await wait(500 * 2 ** tries);
      try {
        const head = await send('HEAD', path, headers);
        if (head.status === 404) throw box.dataset.failed;
        at = Number(head.getResponseHeader('Upload-Offset') ?? at);
      } catch (problem) {
        if (typeof problem === 'string') throw problem;
      }
    }
    return path.slice(path.lastIndexOf('/') + 1);
  }

  function list(box, input, id, file) {
    const size = file.size < 1 << 20 ? `${Math.max(1, file.size >> 10)} KB` : `${(file.size / (1 << 20)).toFixed(1)} MB`;
    const choice = document.createElement('div');
    choice.className = 'choice';
    const hidden = Object.assign(document.createElement('input'), { type: 'hidden', name: 'listed', value: id });
    const label = document.createElement('label');
    const tick = Object.assign(document.createElement('input'), { type: 'checkbox', name: input.name, value: id, checked: true });
    const text = document.createElement('span');
    text.textContent = `${file.name} (${size})`;
    label.append(tick, text);
    choice.append(hidden, label);
    if (!input.multiple) box.querySelectorAll('.listed input[type=checkbox]').forEach((other) => { other.checked = false; });
    box.querySelector('.listed').append(choice);
  }

  for (const box of document.querySelectorAll('.uploads')) {
    const input = box.querySelector('input[type=file]');
    const status = box.querySelector('[role=status]');
    const button = input.form.querySelector('.buttons button');
    input.addEventListener('change', async () => {
      const files = [...input.files];
      if (files.length === 0) return;
      button.disabled = true;
      const said = [];
      for (const file of files) {
        const bar = document.createElement('progress');
        bar.max = 1;
        bar.setAttribute('aria-label', file.name);
        input.after(bar);
        status.textContent = `${box.dataset.sending} ${file.name}`;
        try {
          const id = await upload(box, input, file, (part) => { bar.value = part; });
          list(box, input, id, file);
          input.required = false;
          said.push(`${box.dataset.sent} ${file.name}`);
        } catch (problem) {
          said.push(`${file.name}: ${typeof problem === 'string' ? problem : box.dataset.failed}`);
        }
        bar.remove();
      }
      input.value = '';
      status.textContent = said.join(' ');
      button.disabled = false;
    });
  }

  for (const form of document.querySelectorAll('form[data-opened]')) {
    form.addEventListener('submit', () => {
      const ask = form.parentElement.querySelector('.ask');
      if (ask) {
        ask.textContent = form.dataset.opened;
        ask.classList.add('done');
      }
    });
  }

  for (const box of document.querySelectorAll('.signing')) {
    const hidden = box.querySelector('input[name="sign.drawing"]');
    const note = Object.assign(document.createElement('p'), { className: 'note', textContent: box.dataset.draw });
    const canvas = document.createElement('canvas');
    canvas.width = 720;
    canvas.height = 216;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', box.dataset.draw);
    const clear = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: box.dataset.clear });
    box.append(note, canvas, clear);
    const pen = canvas.getContext('2d');
    Object.assign(pen, { lineWidth: 4, lineCap: 'round', lineJoin: 'round', strokeStyle: '#10213f' });
    const at = (event) => {
      const frame = canvas.getBoundingClientRect();
      return [(event.clientX - frame.left) * canvas.width / frame.width, (event.clientY - frame.top) * canvas.height / frame.height];
    };
    if (hidden.value) {
      const before = new Image();
      before.onload = () => pen.drawImage(before, 0, 0);
      before.src = hidden.value;
    }
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    canvas.addEventListener('pointerup', () => { hidden.value = canvas.toDataURL('image/png'); });
    clear.addEventListener('click', () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      hidden.value = '';
    });
  }
})();
