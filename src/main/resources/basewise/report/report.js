'use strict';
// The page is whole without this: here are only sorting and copying.
for (const table of document.querySelectorAll('table.motifs')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.setAttribute('aria-label', 'Sort by ' + head.textContent.trim());
    button.textContent = head.getAttribute('aria-sort') === 'ascending' ? '▲' : '↕';
    head.append(' ', button);
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      const body = table.tBodies[0];
      const key = row => row.cells[column].dataset.sort;
      const rows = [...body.rows].sort((a, b) => {
        const x = key(a), y = key(b);
        if (x === '' || y === '') return (x === '') - (y === '');
        const order = x === '' || isNaN(x) || isNaN(y) ? x.localeCompare(y) : x - y;
        return up ? order : -order;
      });
      body.append(...rows);
      for (const other of heads) {
        other.removeAttribute('aria-sort');
        other.querySelector('.sort').textContent = '↕';
      }
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      button.textContent = up ? '▲' : '▼';
    });
  });
}
for (const source of document.querySelectorAll('[data-copy]')) {
  const text = source.textContent.trim();
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  source.append(button);
}
